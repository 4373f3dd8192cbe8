import { ApartmentOutlined, DeleteOutlined, EditOutlined, MoreOutlined, PlusOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { Dropdown, Tree } from 'antd'
import type { DataNode } from 'antd/es/tree'
import { type Key, useState } from 'react'
import type { Department } from '../../../src-shared/features/people/model.ts'
import { confirm } from '../../components/confirm.ts'
import { IconButton } from '../../components/page.tsx'
import { useApi, useCan, useMe } from '../../kernel/context.tsx'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import type { DepartmentTask } from './DepartmentDialog.tsx'
import { text } from './text.ts'
import { branchOf, type DepartmentNode, treeOf } from './tree.ts'

/** The key of the company itself, above all departments. */
export const COMPANY = 'company'

type TreeProps = {
  departments: readonly Department[]
  people: number
  at: string
  onPick: (key: string) => void
  onTask: (task: DepartmentTask) => void
}

/** The departments below each other; dragging one onto another puts it there. */
export function DepartmentTree({ departments, people, at, onPick, onTask }: TreeProps) {
  const t = useText(text)
  const mayManage = useCan('people.manage')
  const move = useMove(departments)
  // What is folded is remembered, so that a department that was moved stays in sight.
  const [folded, setFolded] = useState<ReadonlySet<Key>>(new Set())
  const keys: Key[] = [COMPANY, ...departments.map((one) => one.id)]
  const nodeOf = (node: DepartmentNode): DataNode => ({
    key: node.department.id,
    title: (
      <NodeLine name={node.department.name} people={node.people}>
        {mayManage && <DepartmentMenu department={node.department} onTask={onTask} />}
      </NodeLine>
    ),
    children: node.children.map(nodeOf),
  })
  const root: DataNode = {
    key: COMPANY,
    // The first department usually bears the name of the company; the same name twice would puzzle.
    title: <NodeLine name={t('everybody')} people={people} />,
    children: treeOf(departments).map(nodeOf),
  }
  return (
    <aside className="set-side wide people-tree">
      <div className="set-side-head">
        <span className="grow">{t('departments')}</span>
        {mayManage && (
          <IconButton
            icon={<PlusOutlined />}
            title={t('newDepartment')}
            onClick={() => onTask({ kind: 'create', parentId: at === COMPANY ? null : at })}
          />
        )}
      </div>
      <Tree
        blockNode
        // The rows are drawn once: departments are tens, not thousands.
        virtual={false}
        motion={false}
        treeData={[root]}
        expandedKeys={keys.filter((key) => !folded.has(key))}
        onExpand={(open) => setFolded(new Set(keys.filter((key) => !open.includes(key))))}
        selectedKeys={[at]}
        draggable={mayManage ? { icon: false, nodeDraggable: (node) => node.key !== COMPANY } : false}
        allowDrop={({ dragNode, dropNode, dropPosition }) =>
          dropPosition === 0 && !branchOf(departments, String(dragNode.key)).has(String(dropNode.key))
        }
        onDrop={({ dragNode, node }) => move(String(dragNode.key), node.key === COMPANY ? null : String(node.key))}
        onSelect={(_, { node }) => onPick(String(node.key))}
      />
    </aside>
  )
}

function NodeLine({ name, people, children }: { name: string; people: number; children?: React.ReactNode }) {
  return (
    <span className="people-node">
      <span className="el grow" title={name}>
        {name}
      </span>
      <span className={`num s12 people-n ${people === 0 ? 't4' : 't3'}`}>{people}</span>
      {children}
    </span>
  )
}

function useMove(departments: readonly Department[]) {
  const t = useText(text)
  const { company } = useMe()
  const undo = useUndo()
  const edit = useMutation(
    useApi().people.editDepartment.mutationOptions({
      onSuccess: (moved) => {
        const where = departments.find((one) => one.id === moved.parentId)?.name ?? company
        undo.say(t('departmentMoved', { name: moved.name, where }), { recordId: moved.id })
      },
    }),
  )
  return (id: string, parentId: string | null) => {
    const department = departments.find((one) => one.id === id)
    const parent = departments.find((one) => one.id === parentId)
    if (!department || department.parentId === (parent?.id ?? null)) return
    edit.mutate({ id: department.id, version: department.version, parentId: parent?.id ?? null })
  }
}

function DepartmentMenu({ department, onTask }: { department: Department; onTask: (task: DepartmentTask) => void }) {
  const t = useText(text)
  const undo = useUndo()
  const { name } = department
  const remove = useMutation(
    useApi().people.removeDepartment.mutationOptions({
      onSuccess: ({ id }) => undo.say(t('departmentRemoved', { name }), { recordId: id }),
    }),
  )
  const ask = async () => {
    if (
      await confirm({
        title: t('removeTitle', { name }),
        body: t('removeBody'),
        yes: t('removeYes'),
        danger: true,
        undoable: true,
      })
    )
      remove.mutate({ id: department.id })
  }
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          { key: 'edit', icon: <EditOutlined />, label: t('editDepartment') },
          { key: 'add', icon: <ApartmentOutlined />, label: t('addBelow') },
          { key: 'remove', icon: <DeleteOutlined />, label: t('removeDepartment'), danger: true },
        ],
        onClick: ({ key, domEvent }) => {
          domEvent.stopPropagation()
          if (key === 'edit') onTask({ kind: 'edit', department })
          else if (key === 'add') onTask({ kind: 'create', parentId: department.id })
          else void ask()
        },
      }}
    >
      <button type="button" className="icb small people-more" aria-label={t('more')} onClick={(event) => event.stopPropagation()}>
        <MoreOutlined />
      </button>
    </Dropdown>
  )
}
