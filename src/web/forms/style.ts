/** The one sheet of the signed pages: phone-wide, large type, dark where the phone is. Text, for a Worker has no disk. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #1d2129; --muted: #5b6472; --paper: #fff; --ground: #f4f5f7;
  --line: #c4cad4; --accent: #b3261e; --good: #1b6e3c; --bad: #a3201a; }
@media (prefers-color-scheme: dark) { :root { --ink: #eceff4; --muted: #aab3c2; --paper: #1f2329; --ground: #15181c;
  --line: #4a515d; --accent: #c8423a; --good: #7bd69b; --bad: #ff9b93; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink);
  font: 18px/1.6 system-ui, -apple-system, "PingFang SC", "Microsoft YaHei", sans-serif; }
main { max-width: 560px; margin: 0 auto; padding: 20px 16px 48px; }
h1 { font-size: 22px; line-height: 1.4; margin: 0 0 12px; overflow-wrap: anywhere; }
h2 { font-size: 20px; margin: 32px 0 12px; }
p, li, dd, blockquote { overflow-wrap: anywhere; white-space: pre-wrap; }
p, ul, ol, dl, blockquote { margin: 0 0 14px; }
ul, ol { padding-left: 1.4em; }
blockquote { padding: 10px 14px; background: var(--paper); border-left: 4px solid var(--line); }
.state, .muted { color: var(--muted); font-size: 17px; }
.large { font-size: 20px; }
.urgent, .is-bad { color: var(--bad); }
.is-good { color: var(--good); }
.word { padding: 12px 14px; border: 2px solid currentcolor; border-radius: 10px; background: var(--paper); font-weight: 600; }
dt { color: var(--muted); font-size: 17px; }
dd { margin: 0 0 8px; }
form { margin: 0 0 14px; }
.card { padding: 16px; background: var(--paper); border: 1px solid var(--line); border-radius: 12px; }
label, legend { display: block; font-weight: 600; margin: 0 0 6px; }
fieldset { border: 0; margin: 0 0 18px; padding: 0; }
.field { margin: 0 0 18px; }
input, select, textarea { width: 100%; font: inherit; color: inherit; background: var(--paper); padding: 12px;
  border: 1px solid var(--muted); border-radius: 10px; min-height: 48px; }
textarea { min-height: 112px; }
.choice { display: flex; gap: 12px; align-items: center; font-weight: 400; padding: 8px 0; min-height: 44px; }
.choice input { width: 24px; height: 24px; min-height: 0; flex: none; }
button, .button { display: block; width: 100%; font: inherit; font-weight: 600; text-align: center; text-decoration: none;
  padding: 12px; min-height: 52px; border-radius: 12px; border: 1px solid var(--muted); background: var(--paper); color: inherit; }
.is-primary { background: #b3261e; border-color: #b3261e; color: #fff; }
.is-danger { border-color: var(--bad); color: var(--bad); }
:focus-visible { outline: 3px solid #2f6fed; outline-offset: 2px; }
footer { margin-top: 28px; color: var(--muted); font-size: 17px; }
`;
