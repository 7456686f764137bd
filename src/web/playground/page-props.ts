import type { Playground } from '../../platforms/playground/index.ts';
import type { PlaygroundHost } from './host.ts';
import type { Persona } from './persona.ts';

export interface PageProps {
  playground: Playground;
  host: PlaygroundHost;
  personas: readonly Persona[];
  viewer: Persona;
  /** The chat in front at phone width. */
  active: string;
  /** `<epoch>-<seq>`: where the page's stream takes over. */
  cursor: string;
  /** Of the made-up community. */
  place: string;
}
