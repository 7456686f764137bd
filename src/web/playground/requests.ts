import { z } from 'zod';

/** The bodies the page posts. Everything is bounded: the page is a door like any other. */
const id = z.string().min(1).max(80);
const value = z.record(z.string().max(60), z.union([z.string().max(4000), z.number(), z.boolean()]));
const form = z.record(
  z.string().max(60),
  z.union([z.string().max(4000), z.array(z.string().max(200)).max(100)]),
);

export const sayBody = z.object({
  as: id,
  chat: id,
  text: z.string().trim().min(1).max(4000),
  replyTo: id.optional(),
});
export const pressBody = z.object({
  as: id,
  message: id,
  action: z.string().min(1).max(80),
  value: value.default({}),
  form: form.default({}),
});
export const menuBody = z.object({ as: id, key: z.string().min(1).max(40) });
export const recallBody = z.object({ as: id, message: id });
export const readBody = z.object({ as: id, chat: id });
/** One of the offered steps, or a minute of one's own choice in Shanghai time. */
export const forwardBody = z.union([
  z.object({ step: z.enum(['ten-minutes', 'evening', 'morning', 'monday', 'month-end']) }),
  z.object({ at: z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/) }),
]);

export type PressBody = z.infer<typeof pressBody>;
export type ForwardBody = z.infer<typeof forwardBody>;
