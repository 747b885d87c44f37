/** A mistake of ours while drawing: said plainly, with a way out. */
import { Component, type ReactNode } from 'react'
import { t } from '../text/text.ts'
import { Button } from '../ui/button.tsx'
import { ErrorNotice } from '../ui/notice.tsx'

type Props = { readonly children: ReactNode }
type Held = { readonly error: unknown }

/** React asks for a class here. */
export class Mistake extends Component<Props, Held> {
  override state: Held = { error: undefined }

  static getDerivedStateFromError(error: unknown): Held {
    return { error }
  }

  override render(): ReactNode {
    if (this.state.error === undefined) return this.props.children
    return (
      <main className="mx-auto max-w-2xl space-y-4 p-6">
        <h1 className="text-2xl font-semibold">{t.states.broken}</h1>
        <ErrorNotice error={this.state.error} />
        <Button onClick={() => globalThis.location.reload()}>{t.states.reload}</Button>
      </main>
    )
  }
}
