/** What a simulator is made with; times are epoch milliseconds unless a name says otherwise. */
export interface DingTalkSimOptions {
  /** AppKey. Default: a new one, so that two simulators are never taken for one another. */
  clientId?: string;
  clientSecret?: string;
  /** Default: the client id, as the console usually shows it. */
  robotCode?: string;
  corpId?: string;
  botName?: string;
  /** Key (43 characters) and token of the event subscription (3.1). */
  aesKey?: string;
  token?: string;
  /** Base of the simulator's clock, default Date.now; `advance` adds to it. */
  clock?: () => number;
  /** Real milliseconds to wait for an answer; default 2500 HTTP, 3000 Stream, 2000 card (1.6, 2.4, 4.5). */
  ackTimeoutMs?: number;
  /** 20 calls a second and API, 20 webhook messages a minute and group, 6000 messages a minute; false: off. */
  limits?: false | Partial<RateLimits>;
  /** The organisation's month (5.9), default 5000 and 3000; false: not counted against anything. */
  monthly?: false | Partial<Usage>;
  /** Card templates of the developer's console. Default: the repository's own, published, as `sim.templateId`. */
  templates?: SimTemplate[];
  /** Which messages honour `dtmd://` links in this client (4.6: sources disagree); default all. */
  dtmd?: 'all' | 'markdown' | 'none';
  /** False: no app version is published, so messages carry no senderStaffId (1.3). */
  published?: boolean;
  stream?: Partial<StreamConfig>;
}

export interface RateLimits {
  perApiPerSecond: number;
  webhookPerMinute: number;
  messagesPerMinute: number;
}

/** What the organisation used of the month: calls of the API, pushes in and by webhook (5.9). */
export interface Usage {
  calls: number;
  pushes: number;
}

export interface StreamConfig {
  /** Real ms from the disconnect notice to the end of the socket; about 10 s in life (2.3). */
  closeAfterMs: number;
  /** Real ms between SYSTEM pings; 0: only when the test says so. */
  pingEveryMs: number;
  /** Send SYSTEM REGISTERED to a new connection (2.2: not always sent). */
  registered: boolean;
}

/** All are imports of the repository's file, `cards/dingtalk-template.json`. */
export interface SimTemplate {
  id: string;
  published?: boolean;
}
