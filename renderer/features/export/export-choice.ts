// What the sheet has chosen: the format and how the file is to be. Kept as the form that a preset has too.
import type { ExportForm } from '../../../shared/export/export-form.ts';
import type { ExportKind } from '../../../shared/ipc/lists.ts';
import type { ChannelInput } from '../../../shared/ipc/contract.ts';

export interface ExportChoice {
  readonly kind: ExportKind;
  readonly form: ExportForm;
}

export const FIRST_CHOICE: ExportChoice = { kind: 'csv', form: { statuses: ['deliverable'] } };

export type Change = (change: Partial<ExportForm>) => void;

export function choiceOf(form: ExportForm): ExportChoice {
  const { format = 'csv', ...rest } = form;
  return { kind: format, form: rest };
}

/** As it crosses to main. */
export function plainForm({ statuses, columns, ...form }: ExportForm): ChannelInput<'export.start'>['form'] {
  return { ...form, ...(statuses === undefined ? {} : { statuses: [...statuses] }), ...(columns === undefined ? {} : { columns: [...columns] }) };
}

export function isPage(kind: ExportKind): boolean {
  return kind === 'html' || kind === 'pdf';
}
