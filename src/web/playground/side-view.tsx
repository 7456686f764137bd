import type { FC } from 'hono/jsx';
import type { Playground } from '../../platforms/playground/index.ts';
import type { Persona } from './persona.ts';

/** Choose who you are. A mark says that something waits in that person's private chat. */
export const People: FC<{ playground: Playground; personas: readonly Persona[]; viewer: Persona }> = ({
  playground,
  personas,
  viewer,
}) => {
  const sections = [...new Set(personas.map((persona) => persona.section))];
  const waiting = (id: string): number => playground.rooms.unread(id, playground.rooms.privateChatId(id));
  return (
    <div class="people">
      <button
        type="button"
        class="me"
        aria-expanded="false"
        aria-controls="people-list"
        data-toggle="people-list"
      >
        <span class="avatar" aria-hidden="true">
          {viewer.name.slice(-1)}
        </span>
        <span class="who">
          <strong>{viewer.name}</strong>
          <span>{viewer.title}</span>
        </span>
        <span class="change">
          换人
          <span class="badge" data-badge-others hidden></span>
        </span>
      </button>
      <nav id="people-list" class="people-list" aria-label="换个人试试">
        {sections.map((section) => (
          <section>
            <h2>{section}</h2>
            <ul>
              {personas
                .filter((persona) => persona.section === section)
                .map((persona) => (
                  <li>
                    <a
                      href={`/?as=${persona.id}`}
                      data-person={persona.id}
                      aria-current={persona.id === viewer.id ? 'true' : undefined}
                    >
                      <span class="avatar" aria-hidden="true">
                        {persona.name.slice(-1)}
                      </span>
                      <span class="who">
                        <strong>{persona.name}</strong>
                        <span>{persona.title}</span>
                      </span>
                      <span class="badge" data-badge-person={persona.id} hidden={waiting(persona.id) === 0}>
                        {waiting(persona.id)}
                      </span>
                    </a>
                  </li>
                ))}
            </ul>
          </section>
        ))}
      </nav>
    </div>
  );
};

/** A minute's worth of guidance; the page's script shows it until it is put away. */
export const Hint: FC = () => (
  <section class="hint" aria-label="三步上手" hidden>
    <h2>三步上手</h2>
    <ol>
      <li>点下面的“/走访……”，再点发送。</li>
      <li>群里只有一行，细节在您的私聊。</li>
      <li>换成书记看看，再快进到下周一。</li>
    </ol>
    <button type="button" class="button" data-hint-close>
      知道了
    </button>
  </section>
);
