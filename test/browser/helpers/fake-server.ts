import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { fakeRoom } from '../../web/playground/fake-host.ts';

export interface RoomServer {
  room: ReturnType<typeof fakeRoom>;
  base: string;
  /** Cuts every connection and stops listening; the room lives on. */
  down(): Promise<void>;
  /** Listens again on the same port. */
  up(): Promise<void>;
}

/** The page over the scripted host, on a free port. */
export async function fakeServer(): Promise<RoomServer> {
  const room = fakeRoom();
  let server: Server | null = null;
  let port = 0;
  const up = (): Promise<void> =>
    new Promise((resolve) => {
      const made = serve({ fetch: room.web.app.fetch, port, hostname: '127.0.0.1' }, (info: AddressInfo) => {
        port = info.port;
        resolve();
      });
      server = made as Server;
    });
  await up();
  return {
    room,
    base: `http://127.0.0.1:${port}`,
    up,
    down: () =>
      new Promise((resolve) => {
        server?.close(() => resolve());
        server?.closeAllConnections();
      }),
  };
}
