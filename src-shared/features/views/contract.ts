import { z } from 'zod'
import { command, NO_REFUSALS, query } from '../../kernel/procedure.ts'
import { Arrangement, Audience, View, VIEW_KINDS, ViewDefinition, VIEWED, ViewId, ViewName } from './model.ts'

export const CREATE_VIEW_REFUSALS = ['tooMany', 'audienceUnknown'] as const
export const EDIT_VIEW_REFUSALS = ['notYours', 'audienceUnknown'] as const
export const REMOVE_VIEW_REFUSALS = ['notYours'] as const
export const TAKE_OVER_REFUSALS = ['notShared'] as const

export const viewsContract = {
  /** The views of a list that the caller has or was given, and how he arranged them; the program's own are known to the page. */
  list: query('signed-in', ['view', 'user', 'employee', 'department', 'role'])
    .input(z.strictObject({ entity: z.enum(VIEWED) }))
    .output(z.strictObject({ views: z.array(View), arrangement: Arrangement })),
  /** Roles by name: a view can be shared with who has one. */
  roles: query('views.share', ['role'])
    .input(z.strictObject({}))
    .output(z.array(z.strictObject({ id: z.string(), name: z.string(), builtin: z.string().nullable() }))),
  /** Departments by name, for conditions on the owner's department. */
  departments: query('signed-in', ['department'])
    .input(z.strictObject({}))
    .output(z.array(z.strictObject({ id: z.string(), name: z.string(), parentId: z.string().nullable() }))),
  /** Sharing takes the right to share. */
  create: command('signed-in', CREATE_VIEW_REFUSALS)
    .input(
      z.strictObject({
        entity: z.enum(VIEWED),
        kind: z.enum(VIEW_KINDS).default('table'),
        name: ViewName,
        definition: ViewDefinition,
        audience: Audience,
      }),
    )
    .output(View),
  edit: command('signed-in', EDIT_VIEW_REFUSALS)
    .input(
      z.strictObject({
        id: ViewId,
        version: z.number().int(),
        name: ViewName.optional(),
        kind: z.enum(VIEW_KINDS).optional(),
        definition: ViewDefinition.optional(),
        audience: Audience.optional(),
      }),
    )
    .output(View),
  remove: command('signed-in', REMOVE_VIEW_REFUSALS)
    .input(z.strictObject({ id: ViewId }))
    .output(z.strictObject({ id: ViewId })),
  /** A shared view becomes the caller's own; for the others nothing changes. */
  takeOver: command('views.manage', TAKE_OVER_REFUSALS)
    .input(z.strictObject({ id: ViewId }))
    .output(View),
  /** A personal setting: kept as it is sent, not part of the history. */
  arrange: command('signed-in', NO_REFUSALS)
    .input(z.strictObject({ entity: z.enum(VIEWED), arrangement: Arrangement }))
    .output(Arrangement),
}
