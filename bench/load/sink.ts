import { createServer } from 'node:http';

/** The platform's side of what servers send: answers every call at once, and counts the messages. Port on the first line. */
let messages = 0;
const server = createServer((request, response) => {
  let said = '';
  request.on('data', (part: Buffer) => {
    said += part.toString();
  });
  request.on('end', () => {
    const path = request.url ?? '';
    if (path === '/count') response.end(String(messages));
    else response.setHeader('content-type', 'application/json').end(JSON.stringify(answer(path, said)));
  });
});

/** A person's private chat has one id for ever, and a group its own. */
function chatOf(said: string): string {
  const to = (JSON.parse(said) as { receive_id?: string }).receive_id ?? '';
  return to.startsWith('oc_') ? to : `oc_p2p_${to}`;
}

function answer(path: string, said: string): object {
  if (path.includes('/auth/')) return { code: 0, msg: 'ok', tenant_access_token: 't-bench', expire: 7200 };
  if (path.includes('/bot/v3/info'))
    return {
      code: 0,
      msg: 'ok',
      bot: { activate_status: 2, app_name: 'bench', avatar_url: '', open_id: 'ou_bot' },
    };
  messages += 1;
  return { code: 0, msg: 'ok', data: { message_id: `om_sink_${messages}`, chat_id: chatOf(said) } };
}

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.stdout.write(`port ${typeof address === 'object' && address ? address.port : 0}\n`);
});
