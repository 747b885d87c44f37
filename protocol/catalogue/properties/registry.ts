/** What must be true of identities, machines, keys and their trust. */
import { among, type Broken, type Property } from './property.ts'

export const REGISTRY: readonly Property[] = [
  {
    id: 'one-human-one-wallet',
    says: 'A wallet belongs to one identity, and an identity is no machine.',
    ofState: (state, changed) =>
      among(state.identities.humans, changed).flatMap(({ id, wallet }): readonly Broken[] => {
        const holder = state.identities.byWallet.get(wallet)
        if (holder !== id)
          return [{ property: 'one-human-one-wallet', subject: id, figures: { wallet, holder: holder ?? '' } }]
        return state.machines.has(id)
          ? [{ property: 'one-human-one-wallet', subject: id, figures: { also: 'machine' } }]
          : []
      }),
  },
  {
    id: 'machines-are-machines',
    says: 'A machine has a human operator, a family that is not a human’s and one of the canonical methods.',
    ofState: (state, changed) =>
      among(state.machines, changed).flatMap((machine): readonly Broken[] => {
        const { id, operator, modelFamily, methodType } = machine
        const methods: readonly string[] = state.founded?.constitution.methodTypes ?? []
        const sound =
          state.identities.humans.has(operator) &&
          modelFamily !== '' &&
          modelFamily !== 'human' &&
          methodType !== 'human_reviewer' &&
          methods.includes(methodType)
        return sound
          ? []
          : [{ property: 'machines-are-machines', subject: id, figures: { operator, modelFamily, methodType } }]
      }),
  },
  {
    id: 'trust-within-its-bounds',
    says: 'Trust lies between its floor and its absolute cap, and only registered actors have any.',
    ofState: (state, changed) => {
      const rules = state.founded?.constitution.trust
      if (rules === undefined) return []
      // A settlement moves everybody at once and names nobody: then all are looked at.
      const all = changed === undefined || changed.has('trust')
      return (['human', 'machine'] as const).flatMap((kind) => {
        const { ids, index, columns } = state.trust[kind]
        const registered = kind === 'human' ? state.identities.humans : state.machines
        const looked = all ? ids : [...changed].filter((id) => index.has(id))
        return looked.flatMap((id): readonly Broken[] => {
          const trust = columns.value[index.get(id) ?? -1] ?? -1
          const sound = trust >= rules.floor[kind] && trust <= rules.max[kind] && registered.has(id)
          return sound ? NOTHING : [{ property: 'trust-within-its-bounds', subject: id, figures: { trust, kind } }]
        })
      })
    },
  },
]

const NOTHING: readonly Broken[] = []
