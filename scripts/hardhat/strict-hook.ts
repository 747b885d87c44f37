// Fails a build whose contracts draw a warning from the compiler. Left as a warning it would show once and then
// disappear behind the build cache. Tests (*.t.sol) and packages may warn: they are not deployed, or not ours.
import type { SolidityHooks } from 'hardhat/types/hooks'

const OURS = /^project\/contracts\/(?!.*\.t\.sol$)/

export default async function hooks(): Promise<Partial<SolidityHooks>> {
  return {
    getCompilationJobErrors: async (context, job, output, next) => {
      const found = await next(context, job, output)
      const warnings = found.filter((one) => one.severity === 'warning' && OURS.test(one.sourceLocation?.file ?? ''))
      // Where there are errors too, Hardhat reports them all and fails by itself.
      if (warnings.length > 0 && found.every((one) => one.severity !== 'error')) {
        throw new Error(`Warnings are errors here:\n\n${warnings.map((one) => one.formattedMessage).join('\n')}`)
      }
      return found
    },
  }
}
