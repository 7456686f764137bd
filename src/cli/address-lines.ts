/** What each console asks for. */
const LINES: Readonly<Record<string, (base: string) => string>> = {
  feishu: (base) => `飞书后台的推送地址（事件和回调）：${base}`,
  dingtalk: (base) =>
    `钉钉后台的推送地址：消息 ${base}，事件 ${base}/event（卡片 ${base}/card 启动时自己登记）`,
};
const OPEN: Readonly<Record<string, string>> = {
  feishu: '飞书用长连接，后台不用填推送地址。',
  dingtalk: '钉钉用 Stream，后台不用填推送地址。',
};

/**
 * What to put into the consoles, one line a connection; `pushed` are those with an address, `path` is that of an
 * office, `bare` leaves the app id out.
 */
export function addressLines(
  { connections, pushed }: { connections: readonly string[]; pushed: readonly string[] },
  path = '',
  bare = true,
): string[] {
  return connections.flatMap((connection) => {
    const cut = connection.indexOf(':');
    const name = connection.slice(0, cut);
    const base = `<PUBLIC_URL>${path}/webhook/${name}${bare ? '' : `/${connection.slice(cut + 1)}`}`;
    return (pushed.includes(connection) ? LINES[name]?.(base) : OPEN[name]) ?? [];
  });
}
