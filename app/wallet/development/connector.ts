/** The development wallet as wagmi sees it: an injected provider under a name of its own. */
import { injected, type CreateConnectorFn } from 'wagmi'
import { t } from '../../text/text.ts'
import { developmentProvider, type DevelopmentParts } from './provider.ts'

type Target = Exclude<NonNullable<Parameters<typeof injected>[0]>['target'], string | undefined>

export function developmentConnector(parts: DevelopmentParts): CreateConnectorFn {
  const target = {
    id: `development-${parts.wallet.id}`,
    name: t.wallet.developmentName(parts.wallet.id),
    provider: developmentProvider(parts),
  }
  // wagmi's type of a provider lists every brand of wallet there is.
  return injected({ target: target as unknown as Target })
}
