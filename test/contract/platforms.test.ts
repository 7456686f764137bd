import { dingtalkDoor } from './doors/dingtalk.ts';
import { feishuDoor } from './doors/feishu.ts';
import { playgroundDoor } from './doors/playground.ts';
import { platformContract } from './platform.contract.ts';

platformContract('Feishu by webhook', () => feishuDoor('webhook'));
platformContract('Feishu by long connection', () => feishuDoor('longconn'));
platformContract('DingTalk over HTTP, with the card template', () =>
  dingtalkDoor({ transport: 'webhook', cards: 'template' }),
);
platformContract('DingTalk over Stream, with the card template', () =>
  dingtalkDoor({ transport: 'stream', cards: 'template' }),
);
platformContract('DingTalk without a template: links and pages', () =>
  dingtalkDoor({ transport: 'webhook', cards: 'page' }),
);
platformContract('DingTalk without a template or a public address: lines', () =>
  dingtalkDoor({ transport: 'stream', cards: 'line' }),
);
platformContract('the playground', playgroundDoor);
