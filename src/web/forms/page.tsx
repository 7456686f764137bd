import type { FC } from 'hono/jsx';
import { type PageBlock, type PageModel, SEAL } from '../../office/page-model.ts';
import { FieldView } from './field-view.tsx';

const BlockView: FC<{ block: PageBlock; index: number }> = ({ block, index }) => {
  switch (block.kind) {
    case 'text':
      return (
        <p class={[block.tone, block.size === 'large' ? 'large' : ''].filter(Boolean).join(' ')}>
          {block.text}
        </p>
      );
    case 'heading':
      return <h2>{block.text}</h2>;
    case 'link':
      return (
        <p>
          <a class="button" href={block.path}>
            {block.label}
          </a>
        </p>
      );
    case 'quote':
      return <blockquote>{block.text}</blockquote>;
    case 'fields':
      return (
        <dl>
          {block.rows.map((row) => (
            <>
              <dt>{row.label}</dt>
              <dd>{row.value}</dd>
            </>
          ))}
        </dl>
      );
    case 'list': {
      const items = block.items.map((item) => <li>{item}</li>);
      return block.ordered ? <ol>{items}</ol> : <ul>{items}</ul>;
    }
    case 'form':
      return (
        <form class="card" method="post" action={block.path}>
          <input type="hidden" name={SEAL} value={block.sealed} />
          {block.fields.map((field) => (
            <FieldView field={field} id={`f${index}-${field.name}`} />
          ))}
          <button type="submit" class="is-primary">
            {block.submit}
          </button>
        </form>
      );
    case 'act':
      // What must be asked first has a page of its own for it.
      return block.ask ? (
        <p>
          <a class={`button is-${block.style}`} href={block.path}>
            {block.label}
          </a>
        </p>
      ) : (
        <form method="post" action={block.path}>
          <button type="submit" class={`is-${block.style}`}>
            {block.label}
          </button>
        </form>
      );
    default:
      return <hr />;
  }
};

/** One signed page: works without any script, at a phone's width, in large type. Addresses are beside it. */
const Page: FC<{ model: PageModel }> = ({ model }) => (
  <html lang="zh-CN">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="robots" content="noindex, nofollow" />
      <title>{`${model.title} · 连心`}</title>
      <link rel="stylesheet" href="style.css" />
    </head>
    <body>
      <main>
        {model.word ? (
          <p class={`word is-${model.word.tone}`} role={model.word.tone === 'bad' ? 'alert' : 'status'}>
            {model.word.text}
          </p>
        ) : null}
        <h1>{model.title}</h1>
        {model.state ? <p class="state">{model.state}</p> : null}
        {model.blocks.map((block, index) => (
          <BlockView block={block} index={index} />
        ))}
        <footer>这个页面只给您本人用，请不要转发。</footer>
      </main>
    </body>
  </html>
);

export const formPage = (model: PageModel): string => `<!doctype html>${<Page model={model} />}`;
