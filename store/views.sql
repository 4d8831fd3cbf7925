-- Every proposed and adopted point with its case and its meeting, one row a point.
CREATE VIEW decision_list AS
SELECT
    decisions.id,
    case_items.case_id,
    bodies.name AS body,
    coalesce(meetings.date, documents.date) AS meeting_date,
    case_items.number,
    case_items.title,
    decisions.stage,
    decisions.ordinal,
    decisions.text,
    decisions.outcome,
    decisions.document_id,
    decisions.page
FROM decisions
JOIN case_items ON case_items.id = decisions.case_item_id
JOIN documents ON documents.id = decisions.document_id
LEFT JOIN meetings ON meetings.id = case_items.meeting_id
LEFT JOIN cases ON cases.id = case_items.case_id
LEFT JOIN bodies ON bodies.id = coalesce(cases.body_id, meetings.body_id, documents.body_id);
