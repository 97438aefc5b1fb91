/**
 * The rooms of the house and the direction of imports between them. A room may import itself and
 * the rooms listed with it; electron/docs/architecture.md has the drawing.
 */
const ELECTRON = {
  core: [],
  contract: ['core'],
  engine: ['core', 'contract'],
  viewer: ['core', 'contract', 'engine'],
  archive: ['core', 'contract'],
  batch: ['core', 'contract', 'engine'],
  app: ['core', 'contract', 'engine', 'archive', 'setup'],
  shells: ['core', 'contract', 'app', 'batch', 'setup'],
}

/** The same inside the rooms that have folders of their own. */
const INSIDE = {
  'engine/native': ['core'],
  'engine/capture': ['core', 'contract', 'engine/native'],
  'engine/inference': ['core', 'contract', 'engine/native'],
  'engine/drive': ['core', 'contract', 'engine/native', 'engine/inference'],
  'archive/driveLog': ['core', 'contract'],
  'app/exports/report': ['core', 'contract'],
  'app/exports/evidence': ['core', 'contract'],
  'app/exports/privacy': ['core', 'contract', 'engine/native'],
  'shells/cli': ['core', 'contract', 'app', 'batch'],
  'shells/web': ['core', 'contract', 'app'],
  'shells/electron': ['core', 'contract', 'app'],
}

const RENDERER = {
  shared: [],
  live: ['shared'],
  review: ['shared'],
  app: ['shared', 'live', 'review'],
}

const any = (folders) => folders.map((folder) => `${folder}/`).join('|')

const rooms = (top, allowed) =>
  Object.entries(allowed).map(([room, others]) => ({
    name: `${room.replaceAll('/', '-')}-imports`,
    severity: 'error',
    comment: `${top}${room} may import ${[...others, 'itself'].join(', ')} (CONTRIBUTING.md).`,
    from: { path: `^${top}${room}/` },
    to: { path: `^${top}(?!${any([room, ...others])})` },
  }))

module.exports = {
  forbidden: [
    { name: 'no-circle-of-files', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-circle-of-folders',
      severity: 'error',
      scope: 'folder',
      from: {},
      to: { circular: true },
    },
    ...rooms('electron/', ELECTRON),
    ...rooms('electron/', INSIDE),
    ...rooms('renderer/', RENDERER),
    {
      name: 'core-is-pure',
      severity: 'error',
      from: { path: '^electron/core/' },
      to: { pathNot: '^electron/core/' },
    },
    {
      name: 'renderer-sees-core-and-contract',
      severity: 'error',
      from: { path: '^(renderer|assets)/' },
      to: { path: '^electron/(?!core/|contract/|setup/)' },
    },
    {
      name: 'nobody-sees-the-renderer',
      severity: 'error',
      from: { path: '^electron/' },
      to: { path: '^renderer/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'types'],
    },
  },
}
