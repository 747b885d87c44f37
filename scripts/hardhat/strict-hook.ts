// Turns the compiler's warnings about contracts into errors, before Hardhat sees them. A warning shows once and then
// disappears behind the build cache; an error is not cached. Tests (*.t.sol) and packages may warn: they are not
// deployed, or not ours.
import type { SolidityHooks } from 'hardhat/types/hooks'

/** The compiler says in which file; Hardhat's type for its errors leaves that out. */
interface Located {
  readonly sourceLocation?: { readonly file: string }
}

const OURS = /^project\/contracts\/(?!.*\.t\.sol$)/

export default async function hooks(): Promise<Partial<SolidityHooks>> {
  return {
    invokeSolc: async (context, compiler, input, config, next) => {
      const output = await next(context, compiler, input, config)
      for (const found of output.errors ?? []) {
        const file = (found as Located).sourceLocation?.file ?? ''
        if (found.severity === 'warning' && OURS.test(file)) {
          // Hardhat looks at both: with type "Warning" it goes on whatever the severity.
          Object.assign(found, { severity: 'error', type: 'Error' })
        }
      }
      return output
    },
  }
}
