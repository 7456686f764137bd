import type { Block, Button, Field } from '../../../cards/card.ts';
import type { RoomMessage, Rooms } from '../../platforms/playground/index.ts';
import type { Stage } from './stage.ts';

interface Found {
  as: string;
  message: RoomMessage;
  button: Button;
}

/** Presses the newest button of that name in anybody's private chat, and sends the form that then opens. False: no such button. */
export async function pressNamed(options: {
  rooms: Rooms;
  stage: Stage;
  label: string;
  fill: Readonly<Record<string, string>>;
}): Promise<boolean> {
  const { rooms, stage, label, fill } = options;
  const found = newest(rooms, label);
  if (!found) return false;
  const { as, message, button } = found;
  await stage.press({ as, message: message.id, action: button.action, value: button.value ?? {}, form: {} });
  const form = blocksOf(rooms.message(message.id)).find((block) => block.kind === 'form');
  if (form?.kind === 'form' && Object.keys(fill).length > 0) {
    const values = Object.fromEntries(
      form.fields.map((field) => [field.name, answer(field, fill[field.label])]),
    );
    await stage.press({
      as,
      message: message.id,
      action: form.action,
      value: form.value ?? {},
      form: values,
    });
  }
  return true;
}

function newest(rooms: Rooms, label: string): Found | null {
  const all = rooms.people.flatMap((person) =>
    rooms.messages(rooms.privateChatId(person.id)).flatMap((message) => {
      const button = blocksOf(message)
        .flatMap((block) => (block.kind === 'buttons' ? [...block.buttons, ...(block.more ?? [])] : []))
        .find((each) => each.label === label);
      return button ? [{ as: person.id, message, button }] : [];
    }),
  );
  return all.sort((a, b) => b.message.seq - a.message.seq)[0] ?? null;
}

function blocksOf(message: RoomMessage | undefined): readonly Block[] {
  return message && 'card' in message.content ? message.content.card.blocks : [];
}

/** What is filled in under a field's label; an option is named by its own label. */
function answer(field: Field, said: string | undefined): string | string[] {
  if (field.kind === 'multi') return field.values ?? [];
  if (said === undefined) return field.value ?? '';
  if (field.kind !== 'select') return said;
  return field.options.find((option) => option.label === said)?.value ?? field.value ?? '';
}
