// Imports that must never exist. Each rule keeps one promise of docs/architecture.md; `npm run imports` checks them,
// and test/architecture/imports.test.ts proves that each rule catches what it forbids.

/** Rooms of the runtime show one file to each other: the one with the room's own name. Types they share are in ports. */
const ROOM_FACE = '^runtime/(?<room>[^/]+)/\\k<room>[.]ts$'

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-circles',
      comment: 'What imports itself, in however many steps, cannot be understood or tested piece by piece.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'resolvable',
      comment: 'An import that leads nowhere escapes every other rule here.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'declared-packages',
      comment: 'A package that package.json does not name can disappear with the one that brought it.',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'wire-stands-alone',
      comment: 'The nouns of the wire need nothing but themselves and @noble: they run in any browser, for ever.',
      severity: 'error',
      from: { path: '^protocol/wire/' },
      to: { pathNot: ['^protocol/wire/', '^node_modules/@noble/'] },
    },
    {
      name: 'law-needs-only-wire',
      comment: 'The law takes everything as an argument: no packages, no node:*, no configuration files.',
      severity: 'error',
      from: { path: '^protocol/law/' },
      to: { pathNot: '^protocol/(law|wire)/' },
    },
    {
      name: 'protocol-stands-alone',
      comment: 'What must never change cannot depend on what may.',
      severity: 'error',
      from: { path: '^protocol/', pathNot: '^protocol/(law|wire)/' },
      to: { pathNot: '^protocol/' },
    },
    {
      name: 'law-subjects-apart',
      comment: 'Subjects of the law meet in processes, in the constitution and in the constraints, nowhere else.',
      severity: 'error',
      from: { path: '^protocol/law/([^/]+)/', pathNot: '^protocol/law/(processes|constitution|constraints)/' },
      to: { path: '^protocol/law/[^/]+/', pathNot: '^protocol/law/($1|processes|constitution|constraints)/' },
    },
    {
      name: 'rooms-show-a-face',
      comment: "A room of the runtime does not reach into another's insides.",
      severity: 'error',
      from: { path: '^runtime/([^/]+)/' },
      to: { path: '^runtime/[^/]+/', pathNot: ['^runtime/($1|ports)/', ROOM_FACE] },
    },
    {
      name: 'concrete-parts-in-main',
      comment: 'Which store or client is used is decided in one place.',
      severity: 'error',
      from: { path: '^(runtime|verifier|cli|app)/', pathNot: ['^runtime/main[.]ts$', '/(stores|transports|clients)/'] },
      to: { path: '^runtime/.+/(stores|transports|clients)/' },
    },
    {
      name: 'verifier-without-runtime',
      comment: 'A verifier that shared code with the operator would believe it.',
      severity: 'error',
      from: { path: '^verifier/' },
      to: { path: '^(runtime|app|cli|scripts)/' },
    },
    {
      name: 'verifier-core-anywhere',
      comment: 'Its steps run in a browser too: only sources may touch files and sockets of Node.',
      severity: 'error',
      from: { path: '^verifier/', pathNot: '^verifier/(sources|main)' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'app-without-runtime',
      comment: 'The app checks for itself what the runtime says, with protocol and verifier.',
      severity: 'error',
      from: { path: '^app/', pathNot: '^app/vite[.]config[.]ts$' },
      to: {
        path: ['^(runtime|cli|scripts)/', '^verifier/(sources/directory|main)'],
      },
    },
    {
      name: 'app-without-node',
      comment: 'A browser has no node:*.',
      severity: 'error',
      from: { path: '^app/', pathNot: '^app/vite[.]config[.]ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'shipped-without-tests',
      comment: 'What runs in earnest does not know what tests it.',
      severity: 'error',
      from: { path: '^(protocol|runtime|verifier|cli|app|ignition|generated|scripts/(setup|start|hardhat))' },
      to: { path: '^test/' },
    },
  ],
  options: {
    parser: 'swc',
    // Types are dependencies too: a type from the wrong room ties the rooms together as much as a function.
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^(artifacts|cache|[.]tmp|[.]genesis)/', '/dist/', '[.]d[.]m?ts$'] },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
}
