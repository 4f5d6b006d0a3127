-- Boards: replies that later ones take the place of, where the platform lets a sent message be changed.

-- Where a conversation shows a board now. The last 8 boards of a conversation are kept.
create table parlor.boards (
    conversation_id bigint not null,
    board text not null,
    -- The platform's id of the message that shows it.
    message_id text not null,
    -- Number of the reply that it shows.
    number bigint not null,
    constraint boards_pkey primary key (conversation_id, board),
    constraint boards_board_length check (length(board) between 1 and 40),
    constraint boards_message_id_length check (length(message_id) between 1 and 500)
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02);
