/** Trust that waits for revalidation. */
import { useQuery } from '@tanstack/react-query'
import { suspensionQuery } from '../data/trust.ts'
import { Revalidate } from '../features/trust/revalidate.tsx'
import { addressOf } from '../routing/route.ts'
import { t } from '../text/text.ts'
import { Back } from '../ui/back.tsx'
import { Found } from '../ui/found.tsx'
import { useTitle } from '../ui/use-title.ts'

export function SuspensionPage({ id }: { readonly id: string }) {
  const query = useQuery(suspensionQuery(id))
  useTitle(t.suspensions.title)
  return (
    <div className="space-y-6">
      <Back href={addressOf({ page: 'actors' })}>{t.trust.back}</Back>
      <h1 className="text-3xl font-semibold tracking-tight">{t.suspensions.title}</h1>
      <Found query={query} id={id} missing={t.suspensions.notFound}>
        {(suspension) => <Revalidate suspension={suspension} />}
      </Found>
    </div>
  )
}
