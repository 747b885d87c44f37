/** The words of the app. A translation is a file of the same type; the choice among them is made here. */
import { en } from './en.ts'

export type Text = typeof en

export const t: Text = en
