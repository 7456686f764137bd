import type { FC } from 'hono/jsx';
import { Clock } from './clock-view.tsx';
import type { PageProps } from './page-props.ts';
import { Pane } from './pane-view.tsx';
import { Hint, People } from './side-view.tsx';

/** In this order: later ones stand over earlier ones. */
const STYLES = ['base', 'top', 'people', 'over', 'panes', 'messages', 'composer', 'card', 'form'];

/** The whole page for one person. Everything that moves later comes as fragments over the stream. */
export const Page: FC<PageProps> = (props) => {
  const { playground, host, personas, viewer, active, cursor, place } = props;
  const chats = playground.rooms.chatsOf(viewer.id);
  const groups = chats.filter((chat) => chat.type === 'group');
  const front = groups.some((chat) => chat.id === active) ? active : groups[0]?.id;
  return (
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>连心演示场 · {place}</title>
        <link rel="icon" href="/playground/assets/icon.svg" type="image/svg+xml" />
        {STYLES.map((name) => (
          <link rel="stylesheet" href={`/playground/assets/${name}.css`} />
        ))}
        <script type="module" src="/playground/assets/app.js"></script>
      </head>
      <body data-as={viewer.id} data-cursor={cursor}>
        <a class="skip" href="#panes">
          跳到会话
        </a>
        <header class="top">
          <div class="brand">
            <h1>
              连心 <span>演示场</span>
            </h1>
            <p class="about">{place}的人和事都是编的</p>
          </div>
          <Clock now={host.clock.now()} />
        </header>
        <div class="layout">
          <aside class="side">
            <People playground={playground} personas={personas} viewer={viewer} />
            <Hint />
          </aside>
          <main class="panes" id="panes" tabIndex={-1}>
            <nav class="tabs" aria-label="会话">
              {chats.map((chat) => (
                <button
                  type="button"
                  class={`tab is-${chat.type}`}
                  data-tab={chat.id}
                  aria-current={chat.id === active ? 'true' : undefined}
                >
                  {chat.type === 'p2p' ? '私聊助手' : chat.name}
                  <span
                    class="badge"
                    data-badge-chat={chat.id}
                    hidden={playground.rooms.unread(viewer.id, chat.id) === 0}
                  >
                    {playground.rooms.unread(viewer.id, chat.id)}
                  </span>
                </button>
              ))}
            </nav>
            {chats.map((chat) => (
              <Pane
                {...props}
                chat={chat}
                isActive={chat.id === active}
                isFront={chat.id === front}
                commands={host.commands(viewer.id)}
              />
            ))}
            {groups.length === 0 ? <p class="no-group">{viewer.name}不在群里，事情会发到私聊。</p> : null}
          </main>
        </div>
        <dialog class="confirm" aria-labelledby="confirm-title">
          <form method="dialog">
            <h2 id="confirm-title">请确认</h2>
            <p class="confirm-text" />
            <div class="buttons">
              <button type="submit" value="no" class="button">
                不了
              </button>
              <button type="submit" value="yes" class="button is-primary">
                确定
              </button>
            </div>
          </form>
        </dialog>
        <div class="toasts" role="status" aria-live="polite"></div>
        <p class="offline" role="alert" hidden>
          连接断了，正在重连……
        </p>
        <noscript>
          <p class="offline">演示场要用到 JavaScript，请在浏览器里打开它。</p>
        </noscript>
      </body>
    </html>
  );
};
