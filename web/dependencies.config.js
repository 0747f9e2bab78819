/**
 * The import rules of web/src, checked by dependency-cruiser in `npm run check`.
 *
 * A folder imports only from the folders in the lines below its own. Folders in one line do not import each other.
 */
const LAYERS = [
  ['app'],
  ['offline', 'settings', 'explore'],
  ['auth', 'people', 'notifications'],
  ['feed'],
  ['posts'],
  ['pictures', 'lists', 'forms', 'page'],
  ['api', 'ui'],
  ['session'],
  ['lib'],
  ['gql'],
]

const inFolders = (names) => `^src/(${names.join('|')})/`
const WITHOUT_LAYER = { path: '^src/[^/]+/', pathNot: inFolders([...LAYERS.flat(), 'playground']) }
const ADD_IT = 'Add the folder to LAYERS in dependencies.config.js.'

const layerRules = LAYERS.flatMap((layer, index) =>
  layer.map((folder) => ({
    name: `layer-${folder}`,
    comment: `src/${folder} imports only from the layers below it; see LAYERS in dependencies.config.js.`,
    severity: 'error',
    from: { path: inFolders([folder]) },
    to: {
      path: inFolders(
        LAYERS.slice(0, index + 1)
          .flat()
          .filter((other) => other !== folder),
      ),
    },
  })),
)

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    { name: 'no-file-cycle', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-folder-cycle', severity: 'error', scope: 'folder', from: {}, to: { circular: true } },
    ...layerRules.filter(({ to }) => to.path !== inFolders([])),
    { name: 'folder-without-layer', comment: ADD_IT, severity: 'error', from: WITHOUT_LAYER, to: {} },
    { name: 'folder-without-layer', comment: ADD_IT, severity: 'error', from: {}, to: WITHOUT_LAYER },
    {
      name: 'playground-stands-alone',
      comment: 'The playground is a page of its own. It shares no code with the client.',
      severity: 'error',
      from: { path: '^src/playground/' },
      to: { path: '^src/', pathNot: '^src/playground/' },
    },
    {
      name: 'playground-is-not-shared',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/playground/' },
      to: { path: '^src/playground/' },
    },
    {
      name: 'test-helpers-only-in-tests',
      severity: 'error',
      from: { path: '^src/', pathNot: '[.](test|testing)[.]tsx?$' },
      to: { path: '[.](test|testing)[.]tsx?$' },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true, // imports of types count
    doNotFollow: { path: 'node_modules' },
  },
}
