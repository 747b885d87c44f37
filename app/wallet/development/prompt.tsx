/** The window that a real wallet would open: what is asked, field by field, and a way to refuse. */
import { useSyncExternalStore } from 'react'
import { t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Fact, Facts } from '../../ui/facts.tsx'
import { Scroll } from '../../ui/scroll.tsx'
import { answerPrompt, currentPrompt, subscribePrompts, type Prompt } from './prompts.ts'

export function DevelopmentPrompt() {
  const waiting = useSyncExternalStore(subscribePrompts, currentPrompt)
  const prompt = waiting?.prompt
  return (
    <Dialog
      open={prompt !== undefined}
      onClose={() => answerPrompt(false)}
      title={t.prompt.title}
      about={t.prompt.warning}
    >
      {prompt === undefined ? null : <Asked prompt={prompt} />}
    </Dialog>
  )
}

function Asked({ prompt }: { readonly prompt: Prompt }) {
  const rows =
    prompt.kind === 'sign' ? fieldsOf(prompt.typedData) : [['to', prompt.to] as const, ['data', prompt.data] as const]
  return (
    <div className="space-y-4">
      <p className="font-medium">{prompt.kind === 'sign' ? t.prompt.signs(prompt.who) : t.prompt.sends(prompt.who)}</p>
      <Scroll name={t.prompt.asked} className="max-h-[46vh]">
        <Facts className="p-3 text-sm">
          {rows.map(([name, value]) => (
            <Fact key={name} name={name}>
              <span className="hash break-all">{value}</span>
            </Fact>
          ))}
        </Facts>
      </Scroll>
      <div className="flex flex-wrap justify-end gap-3">
        <Button onClick={() => answerPrompt(false)}>{t.prompt.refuse}</Button>
        <Button look="strong" onClick={() => answerPrompt(true)}>
          {prompt.kind === 'sign' ? t.prompt.confirm : t.prompt.confirmSend}
        </Button>
      </div>
    </div>
  )
}

type Row = readonly [name: string, value: string]

function fieldsOf(typedData: unknown): readonly Row[] {
  const { domain = {}, message = {} } = typedData as Partial<Record<'domain' | 'message', Record<string, unknown>>>
  return [...Object.entries(domain), ...Object.entries(message)].map(([name, value]) => [name, String(value)])
}
