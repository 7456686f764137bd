/**
 * Imports point one way (design: the house):
 * lib <- domain <- cards, db <- platforms, policies, views <- work <- commands, jobs <- office <- http, web, cli <- app <- main.*
 */
const not = (name, from, to, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { path: to },
});

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    not('lib-imports-nothing-of-ours', '^src/lib/', '^(src/(?!lib/)|cards/|db/)', 'lib is the bottom'),
    not(
      'domain-is-pure',
      '^src/domain/',
      '^(src/(?!domain/|lib/)|cards/|db/|node_modules/(?!chinese-days|pinyin-pro|zod))',
      'rules do no I/O',
    ),
    not('cards-are-pure', '^cards/', '^(src/(?!domain/|lib/)|db/|node_modules/)', 'view model in, card out'),
    not(
      'db-knows-no-feature',
      '^db/',
      '^(src/(?!domain/|lib/)|cards/)',
      'the store serves, it does not decide',
    ),
    not(
      'platforms-stand-alone',
      '^src/platforms/',
      '^(src/(commands|jobs|policies|views|work|office|http|web|cli|app|main|config)|db/)',
      'a platform gets narrow stores from main',
    ),
    {
      name: 'platforms-do-not-mix',
      severity: 'error',
      from: { path: '^src/platforms/([^/]+)/' },
      to: { path: '^src/platforms/[^/]+/', pathNot: '^src/platforms/$1/' },
    },
    not(
      'features-know-no-host',
      '^src/(commands|jobs|policies|views|work)/',
      '^(src/(platforms/[^/]+/|office|http|web|cli|app|main|config)|node_modules/(hono|drizzle-orm|better-sqlite3))',
      'features speak ctx, cards, queries',
    ),
    {
      name: 'commands-do-not-mix',
      severity: 'error',
      from: { path: '^src/(commands|jobs|policies)/', pathNot: '/index\\.ts$' },
      to: { path: '^src/(commands|jobs|policies)/', pathNot: '/(define|index)\\.ts$|^src/policies/' },
    },
    not(
      'views-only-look',
      '^src/views/',
      '^src/(commands|jobs|office)',
      'from a matter to the card its viewer may see',
    ),
    not(
      'use-cases-below-commands',
      '^src/work/',
      '^src/(jobs|office|commands/(?!define))',
      'what several commands and jobs share',
    ),
    not(
      'office-knows-no-edge',
      '^src/office/',
      '^(src/(http|web|cli|app|main|config)|src/platforms/[^/]+/|node_modules/(hono|better-sqlite3))',
      'the actor is host-free',
    ),
    not('edge-knows-no-main', '^src/(http|web|cli)/', '^src/(app|main)', 'main wires'),
    not(
      'one-sqlite-importer',
      '^(src|cards|db/(?!(node|discipline)\\.ts))',
      '^node_modules/better-sqlite3',
      'db/node.ts alone opens files',
    ),
    not(
      'worker-stays-light',
      '^src/(main\\.worker|office-object)',
      '^(node_modules/(exceljs|better-sqlite3|node-cron)|db/node)',
      'no Node-only weight in the Worker',
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
