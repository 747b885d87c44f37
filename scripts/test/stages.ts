/**
 * The stages of `npm test`, in order: cheap ones first, so that a slip shows within seconds.
 *
 * A stage is one command (or several that count as one), a way to read its counts, and a way to tell whether there is
 * anything for it to do yet. Folders of tests that nobody listed here are found and run all the same.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../setup/places.mjs'
import { countMocha, countMutants, countNodeTests, countPlaywright, countSolidity, type Counts } from './counts.ts'
import { hasFile, hasTests } from './files.ts'
import { tool, type Command } from './tool.ts'

export type Stage = {
  readonly name: string
  readonly about: string
  /** What to say when it is absent: the files that are not there. */
  readonly over: string
  readonly isPresent: () => boolean
  readonly commands: () => readonly Command[]
  /** Reads the runner's counts from what it printed. Without it the whole stage counts as one test. */
  readonly count?: (output: string) => Counts | undefined
  /** From here on the output is worth showing when something failed. */
  readonly failuresFrom?: RegExp
  /** Words of the runner that would mislead whoever reads a failure. */
  readonly noise?: RegExp
  /** A last look after the commands went well; returns what is wrong. */
  readonly verify?: () => string | undefined
  /** Makes no sense if this one failed. */
  readonly after?: string
  /** What the person can do about a failure. */
  readonly hint?: string
}

const always = () => true
const hasContracts = () => hasFile('contracts', '.sol')

export function stages(): readonly Stage[] {
  return [...checks(), ...contractStages(), ...nodeStages(), mutantStage(), browserStage()]
}

function checks(): readonly Stage[] {
  return [
    {
      name: 'format',
      about: 'every file is formatted (Prettier)',
      over: 'all files',
      isPresent: always,
      commands: () => [tool('prettier', ['--check', '--log-level', 'warn', '.'])],
      hint: 'npm run format',
    },
    {
      name: 'lint',
      about: 'rules for TypeScript, with types (oxlint) and for Solidity (solhint)',
      over: 'all files',
      isPresent: always,
      commands: () => [
        tool('oxlint', ['--format', 'unix']),
        ...(hasContracts()
          ? [tool('solhint', ['--disc', '--noPoster', '--max-warnings', '0', 'contracts/**/*.sol'])]
          : []),
      ],
    },
    {
      name: 'types',
      about: 'types (TypeScript): what Node runs, the app, the browser tests',
      over: 'all files',
      isPresent: always,
      commands: () =>
        ['.', 'app', 'test/app']
          .filter((project) => hasFile(project, '.ts') || hasFile(project, '.tsx'))
          .map((project) => tool('typescript', ['--project', project, '--pretty', 'false'], 'tsc')),
    },
    {
      name: 'imports',
      about: 'imports that must never exist (dependency-cruiser)',
      over: 'all files',
      isPresent: always,
      // It looks only for the compiler's old API; it reads TypeScript here through swc, and test/architecture proves it.
      noise: /‼ missing-tsc-transpiler[^]*$/,
      commands: () => [
        tool('dependency-cruiser', ['--config', '.dependency-cruiser.mjs', ...sourceFolders()], 'depcruise'),
      ],
    },
  ]
}

function contractStages(): readonly Stage[] {
  const before = new Map(GENERATED.map((name) => [name, generated(name)]))
  return [
    {
      name: 'build',
      about: 'the contracts compile without a warning, and what is generated from them is theirs',
      over: 'contracts/**/*.sol',
      isPresent: hasContracts,
      commands: () => [tool('hardhat', ['build'])],
      verify: () => {
        const changed = GENERATED.filter((name) => generated(name) !== before.get(name))
        if (changed.length === 0) return undefined
        return `Not what the contracts say: ${changed.join(', ')}. It is now: commit it.`
      },
    },
    {
      name: 'solidity',
      about: 'tests of contracts in Solidity: examples, fuzz, invariants',
      over: 'contracts/**/*.t.sol',
      isPresent: () => hasFile('contracts', '.t.sol'),
      // Gas is compared once there is something to compare with: `npx hardhat test solidity --snapshot` writes it.
      commands: () => [
        tool('hardhat', ['test', 'solidity', ...(existsSync(join(ROOT, '.gas-snapshot')) ? ['--snapshot-check'] : [])]),
      ],
      count: countSolidity,
      failuresFrom: /^\s+\d+ passing/m,
      after: 'build',
    },
    {
      name: 'contracts',
      about: 'tests of contracts on both simulated chains (Mocha)',
      over: 'test/contracts/**/*.test.ts',
      isPresent: () => hasTests('contracts'),
      commands: () => [tool('hardhat', ['test', 'mocha'])],
      count: countMocha,
      failuresFrom: /^\s+\d+ passing/m,
      after: 'build',
    },
  ]
}

/** What a build of the contracts writes. */
const GENERATED = ['generated/abis.ts', 'generated/creation-code.ts']

function generated(name: string): string | undefined {
  const file = join(ROOT, name)
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined
}

/** Rooms whose tests run under node:test; more folders of test/ follow in the order of their names. */
const ROOMS = ['architecture', 'protocol', 'runtime', 'verifier', 'cli', 'scenarios']
const OTHERWISE_RUN = ['contracts', 'app']

function nodeStages(): readonly Stage[] {
  const found = readdirSync(join(ROOT, 'test'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && hasTests(entry.name))
    .map((entry) => entry.name)
    .filter((name) => !ROOMS.includes(name) && !OTHERWISE_RUN.includes(name))
  return [...ROOMS, ...found.toSorted()].map((room) => ({
    name: room,
    about: `tests in test/${room}`,
    over: `test/${room}/**/*.test.ts`,
    isPresent: () => hasTests(room),
    commands: () => [
      {
        program: process.execPath,
        args: [
          '--test',
          '--test-reporter=spec',
          '--test-timeout=300000',
          '--test-concurrency=2',
          `test/${room}/**/*.test.ts`,
        ],
      },
    ],
    count: countNodeTests,
    failuresFrom: /^✖ failing tests:/m,
  }))
}

/** Seconds for mutants in a run of everything; `npm run mutants` tries them all. */
const MUTANT_SECONDS = 75

function mutantStage(): Stage {
  return {
    name: 'mutation',
    about: `the law with one guard broken: a test fails (as many as ${MUTANT_SECONDS} s allow; npm run mutants tries all)`,
    over: 'protocol/law/**/*.ts',
    isPresent: () => hasFile('protocol/law', '.ts'),
    commands: () => [
      {
        program: process.execPath,
        args: [join(ROOT, 'scripts/mutants/main.ts'), '--budget', String(MUTANT_SECONDS)],
      },
    ],
    count: countMutants,
    failuresFrom: /^SURVIVED/m,
    hint: 'write the test that the broken guard fails, or say by a rule in scripts/mutants/equivalent.ts why nobody could see it',
  }
}

function browserStage(): Stage {
  return {
    name: 'app',
    about: 'the app in a real browser (Playwright)',
    over: 'test/app/**/*.test.ts',
    isPresent: () => hasTests('app'),
    commands: () => [tool('@playwright/test', ['test'], 'playwright')],
    count: countPlaywright,
    failuresFrom: /^\s+1\) /m,
  }
}

/** Where import rules apply: every folder with code, whoever added it. */
function sourceFolders(): readonly string[] {
  const folders = readdirSync(ROOT, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && !NOT_SOURCE.includes(entry.name))
    .map((entry) => entry.name)
  return folders.filter((name) => ['.ts', '.tsx', '.mjs'].some((ending) => hasFile(name, ending)))
}
const NOT_SOURCE = ['node_modules', 'artifacts', 'cache', 'dist', 'coverage']
