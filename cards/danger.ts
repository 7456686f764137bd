import { EMERGENCY_SERVICES, type EmergencyKind } from '../src/domain/text/urgent-numbers.ts';
import type { Block } from './card.ts';

/** What an answer to words of danger begins with (decision 34). */
export const dangerLine = (numbers: readonly string[]): string =>
  `这像是急事。有危险请先打电话：${numbers.join(' · ')}`;

/** The same on a card, large; nothing where there is no danger. */
export function dangerBlocks(numbers: readonly string[]): Block[] {
  return numbers.length === 0
    ? []
    : [{ kind: 'text', text: dangerLine(numbers), size: 'large', tone: 'urgent' }];
}

/** 火警119: national numbers alone; nothing of what was said. */
export function nationalNumbers(services: readonly EmergencyKind[]): string[] {
  return services.flatMap((kind) => {
    const service = EMERGENCY_SERVICES[kind];
    return service?.number ? [`${service.label}${service.number}`] : [];
  });
}
