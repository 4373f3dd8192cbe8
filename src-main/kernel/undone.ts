import { sql } from 'kysely'

/**
 * What a command is taken back by, null while it stands. An undo may itself be taken back, and that again, by any of the turns: all of
 * them hang on the command that was done first, and the newest says how things stand. What has its effect stands with it; what it
 * reversed does not.
 * @param command the name of the table `command` in the statement around it
 */
export const undoneBy = (command: string) =>
  sql.raw<number | null>(
    `case when ${command}.undoes is not null or exists (select 1 from command u where u.undoes = ${command}.seq) then (
      with recursive up(seq, undoes, k) as (select ${command}.seq, ${command}.undoes, 0
          union all select p.seq, p.undoes, up.k + 1 from up cross join command p on p.seq = up.undoes),
        turn(seq, n) as (select seq, 0 from up where undoes is null
          union all select u.seq, turn.n + 1 from turn cross join command u on u.undoes = turn.seq)
      select case when (n - (select max(k) from up)) % 2 <> 0 then seq end from turn order by seq desc limit 1) end`,
  )

/**
 * 1 where a command is the last turn of its chain, one that nothing took back is a chain of its own: from there alone it goes on, by
 * taking back what stands or by doing again what does not. An earlier turn says what happened.
 * @param command the name of the table `command` in the statement around it
 */
export const isLastTurn = (command: string) =>
  sql.raw<number>(
    `case when ${command}.undoes is not null or exists (select 1 from command u where u.undoes = ${command}.seq) then ${command}.seq = (
      with recursive up(seq, undoes) as (select ${command}.seq, ${command}.undoes
          union all select p.seq, p.undoes from up cross join command p on p.seq = up.undoes),
        turn(seq) as (select seq from up where undoes is null
          union all select u.seq from turn cross join command u on u.undoes = turn.seq)
      select max(seq) from turn) else 1 end`,
  )
