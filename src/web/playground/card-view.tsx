import type { FC } from 'hono/jsx';
import type { Block, Button, Card } from '../../../cards/card.ts';
import { FormView } from './form-view.tsx';

/** At most four buttons in sight; what is over goes behind 更多 (cards.md, Voice). */
const IN_SIGHT = 4;

/** Draws a neutral card as HTML. JSX escapes all text; line breaks are kept by style. */
export const CardView: FC<{ card: Card; id: string }> = ({ card, id }) => (
  <article class={`card tone-${card.tone}`} aria-labelledby={`${id}-title`}>
    <header class="card-head">
      <h3 class="card-title" id={`${id}-title`}>
        {card.title}
      </h3>
      {card.status ? <span class="card-status">{card.status}</span> : null}
    </header>
    {card.blocks.length > 0 ? (
      <div class="card-body">
        {card.blocks.map((block, index) => (
          <BlockView block={block} id={`${id}-${index}`} />
        ))}
      </div>
    ) : null}
  </article>
);

const BlockView: FC<{ block: Block; id: string }> = ({ block, id }) => {
  switch (block.kind) {
    case 'text':
      return (
        <p class={`text size-${block.size ?? 'normal'}${block.tone ? ` is-${block.tone}` : ''}`}>
          {block.text}
        </p>
      );
    case 'quote':
      return <blockquote class="quote">{block.text}</blockquote>;
    case 'fields':
      return (
        <dl class="fields">
          {block.rows.map((row) => (
            <div>
              <dt>{row.label}</dt>
              <dd>{row.value}</dd>
            </div>
          ))}
        </dl>
      );
    case 'list':
      return block.ordered ? (
        <ol class="list">
          {block.items.map((item) => (
            <li>{item}</li>
          ))}
        </ol>
      ) : (
        <ul class="list">
          {block.items.map((item) => (
            <li>{item}</li>
          ))}
        </ul>
      );
    case 'divider':
      return <hr class="divider" />;
    case 'form':
      return <FormView form={block} id={id} />;
    case 'buttons':
      return <ButtonsView buttons={block.buttons} more={block.more ?? []} />;
  }
};

const ButtonsView: FC<{ buttons: Button[]; more: Button[] }> = ({ buttons, more }) => {
  const hidden = [...buttons.slice(IN_SIGHT), ...more];
  return (
    <div class="buttons">
      {buttons.slice(0, IN_SIGHT).map((button) => (
        <ButtonView button={button} />
      ))}
      {hidden.length > 0 ? (
        <details class="more">
          <summary class="button">更多</summary>
          <div class="more-list">
            {hidden.map((button) => (
              <ButtonView button={button} />
            ))}
          </div>
        </details>
      ) : null}
    </div>
  );
};

const ButtonView: FC<{ button: Button }> = ({ button }) => {
  const look = `button${button.style && button.style !== 'plain' ? ` is-${button.style}` : ''}`;
  if (button.url) {
    return (
      <a
        class={look}
        href={/^https?:/.test(button.url) ? button.url : '#'}
        target="_blank"
        rel="noopener noreferrer"
      >
        {button.label}
      </a>
    );
  }
  return (
    <button
      type="button"
      class={look}
      data-action={button.action}
      data-value={JSON.stringify(button.value ?? {})}
      data-confirm-title={button.confirm?.title}
      data-confirm-text={button.confirm?.text}
    >
      {button.label}
    </button>
  );
};
