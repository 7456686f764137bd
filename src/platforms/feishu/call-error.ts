import { type CallFailure, classify } from './classify.ts';

/** A read that failed and may go better later; `code` is Feishu's or the network's. */
export class CallError extends Error {
  readonly code: string;
  constructor(failure: CallFailure) {
    super('feishu call failed');
    this.name = 'FeishuCallError';
    this.code = classify(failure).code;
  }
}
