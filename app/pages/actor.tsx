/** One human or machine: their trust with every movement, and a machine's life. */
import { useQuery } from '@tanstack/react-query'
import { actorQuery } from '../data/actor.ts'
import { Operator } from '../features/operator/operator.tsx'
import { Retire } from '../features/retire/retire.tsx'
import { MachineLife } from '../features/trust/machine.tsx'
import { ActorHead, Trust } from '../features/trust/trust.tsx'
import { addressOf } from '../routing/route.ts'
import { t } from '../text/text.ts'
import { Back } from '../ui/back.tsx'
import { Found } from '../ui/found.tsx'
import { useTitle } from '../ui/use-title.ts'

export function ActorPage({ id }: { readonly id: string }) {
  const query = useQuery(actorQuery(id))
  useTitle(id)
  return (
    <div className="space-y-6">
      <Back href={addressOf({ page: 'actors' })}>{t.trust.back}</Back>
      <Found query={query} id={id} missing={t.trust.notFound}>
        {(actor) => (
          <div className="space-y-12">
            <ActorHead actor={actor} />
            {actor.kind === 'runtime' ? null : <Trust actor={id} />}
            {actor.life === null ? null : (
              <>
                <MachineLife id={id} life={actor.life} />
                <Operator machine={actor} />
                <Retire machine={actor} />
              </>
            )}
          </div>
        )}
      </Found>
    </div>
  )
}
