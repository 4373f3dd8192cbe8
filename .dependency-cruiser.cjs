/** What may import what. `$1` is the feature captured on the left, so a new feature needs no new rule. */
const never = (name, from, to) => ({ name, severity: 'error', from: { path: from }, to: { path: to } })

/** A feature meets another one only where that one says so. */
const feature = (root, open) => ({
  name: `${root}: a feature does not reach into another feature`,
  severity: 'error',
  from: { path: `^${root}/features/([^/]+)/`, pathNot: '\\.test\\.tsx?$' },
  to: { path: `^${root}/features/`, pathNot: `^${root}/features/($1/|[^/]+/(${open})\\.tsx?$)` },
})

const NODE_BUILTINS =
  '^(node:)?(fs|path|os|http|https|net|tls|crypto|child_process|worker_threads|stream|url|zlib|util|events)(/|$)'

module.exports = {
  forbidden: [
    { name: 'no cycles', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    feature('src-shared', 'model'),
    // importing: what the registry of imports alone wants; it may hang on customers, which the public half of orders may not.
    feature('src-main', 'public|importing'),
    // forms: what a page loads only when somebody fills something in.
    feature('src-renderer', 'public|forms'),
    never('shared knows neither side', '^src-shared/', '^(src-main|src-renderer|migrations|build|tests)/'),
    {
      name: 'shared is pure',
      severity: 'error',
      from: { path: '^src-shared/', pathNot: '\\.test\\.ts$' },
      to: {
        path: `node_modules/|${NODE_BUILTINS}`,
        pathNot: 'node_modules/(zod|@orpc/contract|@orpc/shared|libphonenumber-js|pinyin-pro)/',
      },
    },
    never('the renderer never sees main', '^src-renderer/', '^(src-main|migrations)/'),
    never(
      'the renderer holds no node, no electron, no database',
      '^src-renderer/(?!.*\\.test\\.tsx?$)',
      `node_modules/(electron|kysely|better-sqlite3|fastify)/|${NODE_BUILTINS}`,
    ),
    never('main never sees the renderer', '^src-main/', '^src-renderer/'),
    {
      name: 'a kernel does not know features',
      severity: 'error',
      from: { path: '^src-(main|renderer|shared)/kernel/' },
      // The page's connection is built on who is signed in, the stream of changes and undo: all belong to the platform.
      to: { path: '^src-(main|renderer|shared)/features/', pathNot: '^src-shared/features/(session|live|history)/' },
    },
    never('components do not know features', '^src-renderer/components/', '^src-renderer/(features|app)/'),
    never('only the shell touches electron', '^src-main/(?!electron/|main\\.ts$)', 'node_modules/electron/'),
    never('only the shell is imported by the shell', '^src-main/(?!electron/|main\\.ts$)', '^src-main/(electron/|main\\.ts$)'),
    never('transports are leaves', '^src-main/(kernel|features)/', '^src-main/transports/'),
    never('migrations stand alone', '^migrations/', '^src-'),
    never('the product does not import tests or build', '^(src-|migrations/)', '^(tests|build)/(?!node-runtime)'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.(test\\.tsx?|config\\.ts)$' },
    // TypeScript 7 has no compiler API: without swc nothing at all is found, and "no violations" is reported.
    parser: 'swc',
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.css'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'default', 'node'],
    },
  },
}
