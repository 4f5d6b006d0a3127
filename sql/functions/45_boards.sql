-- Boards: which message of a conversation shows what goes on. finish_deliveries writes them.

-- What a reply of this number has to know of its board: the message that shows it now (null: none does), and whether a later
-- reply of the same board waits already. One row a reply. No locks; the caller's delivery lease keeps others from writing boards.
create or replace function parlor.read_boards(p_conversation_ids bigint[], p_numbers bigint[], p_boards text[])
returns table (conversation_id bigint, number bigint, message_id text, replaced boolean)
language sql stable
security definer set search_path = ''
as $$
    select w.conversation_id, w.number, b.message_id,
        exists (
            select 1 from parlor.deliveries d
            where d.conversation_id = w.conversation_id and d.number > w.number and d.reply ->> 'board' = w.board)
    from unnest(p_conversation_ids, p_numbers, p_boards) as w (conversation_id, number, board)
    left join parlor.boards b on b.conversation_id = w.conversation_id and b.board = w.board
$$;

-- Forgets a board whose message cannot be changed any more; one that another message shows by now stays. Idempotent.
-- Locks: the board's row.
create or replace function parlor.forget_board(p_conversation_id bigint, p_board text, p_message_id text)
returns void
language sql
security definer set search_path = ''
as $$
    delete from parlor.boards b
    where b.conversation_id = p_conversation_id and b.board = p_board and b.message_id = p_message_id
$$;
