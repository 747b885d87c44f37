/** The mission is no longer what was read: what changed, side by side, and nothing to sign. */
import { t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import type { Change } from './changes.ts'

type Props = { readonly changes: readonly Change[]; readonly onReread: () => void }

export function Changed({ changes, onReread }: Props) {
  return (
    <Notice tone="stop" title={t.changed.title} urgent>
      <p>{t.changed.lead}</p>
      <dl className="space-y-3">
        {changes.map(({ what, before, after }) => (
          <div key={what} className="space-y-1">
            <dt className="font-medium">{t.changed.names[what] ?? what}</dt>
            <dd className="grid gap-2 sm:grid-cols-2">
              <Side name={t.changed.before} value={before} />
              <Side name={t.changed.after} value={after} />
            </dd>
          </div>
        ))}
      </dl>
      <Button onClick={onReread}>{t.changed.reread}</Button>
    </Notice>
  )
}

function Side({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div className="min-w-0 rounded-lg bg-raised p-3">
      <p className="label">{name}</p>
      <p className="hash break-words whitespace-pre-wrap">{value === '' ? t.changed.nothing : value}</p>
    </div>
  )
}
