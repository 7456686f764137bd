/** The app that every server under test believes to be; no secret of anybody's. */
export const APP = {
  id: 'cli_bench',
  secret: 'bench-app-secret',
  encryptKey: 'bench-encrypt-key',
  token: 'bench-verification-token',
};

export const CONNECTION = `feishu:${APP.id}`;
