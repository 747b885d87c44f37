/** One appeal: both sides, the panel, and how it ended. */
import { useQuery } from '@tanstack/react-query'
import { appealQuery } from '../data/appeals.ts'
import { OneAppeal } from '../features/appeals/appeals.tsx'
import { addressOf } from '../routing/route.ts'
import { t } from '../text/text.ts'
import { Back } from '../ui/back.tsx'
import { Found } from '../ui/found.tsx'
import { useTitle } from '../ui/use-title.ts'

export function AppealPage({ id }: { readonly id: string }) {
  const query = useQuery(appealQuery(id))
  useTitle(t.appeals.title)
  return (
    <div className="space-y-6">
      <Back href={addressOf({ page: 'appeals' })}>{t.appeals.all}</Back>
      <Found query={query} id={id} missing={t.appeals.notFound}>
        {(appeal) => <OneAppeal appeal={appeal} />}
      </Found>
    </div>
  )
}
