// Writes generated/abis.ts: one constant for each contract of the project, typed exactly (`as const`), so that viem
// knows every function and event. The file is committed, because runtime, verifier and app are type-checked and run
// without a build of the contracts; `npm test` fails when a build changes it.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { HookContext, SolidityHooks } from 'hardhat/types/hooks'

interface Artifact {
  readonly contractName: string
  readonly inputSourceName: string
  readonly abi: readonly unknown[]
  readonly bytecode: string
}

const HEADER = `// Written by the build of the contracts (scripts/hardhat/abis-hook.ts). Do not edit: run "npm run build".\n`

/** Contracts that exist only for tests; what is shipped must not know them. */
const FOR_TESTS = /\.t\.sol$|\/(test|mocks)\//

/** `FinalGate` → `finalGateAbi`, `L1Inbox` → `l1InboxAbi` */
const constantName = (contract: string) => `${contract[0]?.toLowerCase() ?? ''}${contract.slice(1)}Abi`

/** The text of generated/abis.ts for these artifacts, whatever their order. */
export function abisModule(artifacts: readonly Artifact[]): string {
  const own = artifacts
    .filter((one) => one.inputSourceName.startsWith('project/contracts/') && !FOR_TESTS.test(one.inputSourceName))
    // Interfaces, abstract contracts and inlined libraries have no code of their own: nothing to call.
    .filter((one) => one.bytecode !== '0x' && one.abi.length > 0)
    .toSorted((a, b) => (a.contractName < b.contractName ? -1 : 1))
  const names = own.map((one) => constantName(one.contractName))
  const twice = names.find((name, index) => names[index + 1] === name)
  if (twice !== undefined) throw new Error(`Two contracts of the project would both be ${twice} in generated/abis.ts`)
  return (
    HEADER + own.map((one, i) => `\nexport const ${names[i]} = ${JSON.stringify(one.abi, null, 2)} as const\n`).join('')
  )
}

export default async function hooks(): Promise<Partial<SolidityHooks>> {
  return {
    processArtifactsAfterSuccessfulBuild: async (context: HookContext, artifactPaths: readonly string[]) => {
      const file = join(context.config.paths.root, 'generated', 'abis.ts')
      const text = abisModule(artifactPaths.map((path) => JSON.parse(readFileSync(path, 'utf8')) as Artifact))
      // Untouched when equal: watchers of the app would otherwise start over at each build.
      if (existsSync(file) && readFileSync(file, 'utf8') === text) return
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, text)
    },
  }
}
