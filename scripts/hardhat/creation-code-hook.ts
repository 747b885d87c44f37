// Writes generated/creation-code.ts: what a transaction carries to create each contract of the project. The file is
// committed like generated/abis.ts, so that `npm start` deploys within a second and without a compiler; whoever doubts
// it builds the contracts and compares.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { HookContext, SolidityHooks } from 'hardhat/types/hooks'
import type { ResolvedBuildOptions } from 'hardhat/types/solidity'

interface Artifact {
  readonly contractName: string
  readonly inputSourceName: string
  readonly bytecode: string
}

const HEADER = `// Written by the build of the contracts (scripts/hardhat/creation-code-hook.ts). Do not edit: run "npm run build".\n`

/** Contracts themselves, not libraries, interfaces or what exists for tests. */
const DEPLOYED = /^project\/contracts\/[^/]+(?<!\.t)\.sol$/

/** `FinalGate` → `finalGateCode` */
const constantName = (contract: string) => `${contract[0]?.toLowerCase() ?? ''}${contract.slice(1)}Code`

/** The text of generated/creation-code.ts for these artifacts, whatever their order. */
export function creationCodeModule(artifacts: readonly Artifact[]): string {
  const own = artifacts
    .filter((one) => DEPLOYED.test(one.inputSourceName) && one.bytecode !== '0x')
    .toSorted((a, b) => (a.contractName < b.contractName ? -1 : 1))
  return HEADER + own.map((one) => `\nexport const ${constantName(one.contractName)} =\n  '${one.bytecode}'\n`).join('')
}

export default async function hooks(): Promise<Partial<SolidityHooks>> {
  return {
    processArtifactsAfterSuccessfulBuild: async (
      context: HookContext,
      artifactPaths: readonly string[],
      _roots: readonly string[],
      options: Readonly<ResolvedBuildOptions>,
    ) => {
      // Public networks get the production profile's code through Ignition, which compiles for itself.
      if (options.buildProfile !== 'default') return
      const file = join(context.config.paths.root, 'generated', 'creation-code.ts')
      const text = creationCodeModule(artifactPaths.map((path) => JSON.parse(readFileSync(path, 'utf8')) as Artifact))
      if (existsSync(file) && readFileSync(file, 'utf8') === text) return
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, text)
    },
  }
}
