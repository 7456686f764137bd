/** Someone to choose in the playground, as the page shows him. */
export interface Persona {
  /** The platform id (decision 6). */
  id: string;
  name: string;
  /** One or two words under the name: 书记, 网格员 · 第一网格. */
  title: string;
  /** Heading in the list of people. */
  section: string;
}
