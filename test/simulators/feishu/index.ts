export { signLegacyCard } from './crypto.ts';
export { createFeishuSim } from './sim.ts';
export type { FeishuSim } from './sim-type.ts';
export type {
  ApiCall,
  ChatView,
  Delivery,
  Fault,
  FaultHandle,
  FeishuSimOptions,
  FoundButton,
  Json,
  JsonObject,
  PressOptions,
  PressOutcome,
  PushEvent,
  RawAnswer,
  SayOptions,
  SignedPost,
  SimMessage,
  SimReaction,
  SimRevision,
  SimUser,
  WebhookTarget,
} from './types.ts';
