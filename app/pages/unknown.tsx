import { addressOf } from '../routing/route.ts'
import { t } from '../text/text.ts'

export function UnknownPage() {
  return (
    <div className="space-y-3 py-10">
      <h1 className="text-2xl font-semibold">{t.states.unknownPage}</h1>
      <a className="link" href={addressOf({ page: 'home' })}>
        {t.states.home}
      </a>
    </div>
  )
}
