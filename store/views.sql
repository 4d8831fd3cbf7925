-- Every proposed and adopted point with its case and its meeting, one row a point.
CREATE VIEW decision_list AS
SELECT
    decisions.id,
    case_items.case_id,
    bodies.name AS body,
    decisions.date AS meeting_date,
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

-- Every adopted point: who answers for it, by when, and what has become of it; one that stands in several documents
-- stands here once. A point without a row in
-- decision_commitments puts nothing on anybody; otherwise the later case that decides gives the state. Time alone never
-- changes it.
CREATE VIEW decision_follow_up AS
SELECT
    decisions.id AS decision_id,
    coalesce(bodies.collaboration, documents.collaboration) AS collaboration,
    bodies.id AS body_id,
    coalesce(bodies.name, documents.body) AS body,
    case_items.case_id,
    case_items.number AS case_number,
    case_items.title AS case_title,
    case_items.meeting_id,
    decisions.date AS meeting_date,
    decisions.text AS decision,
    decisions.outcome,
    decision_commitments.responsible,
    decision_commitments.deadline_text,
    decision_commitments.deadline_edtf,
    decision_commitments.deadline_earliest,
    decision_commitments.deadline_latest,
    CASE
        WHEN decision_commitments.decision_id IS NULL THEN 'nothing_to_follow_up'
        WHEN decision_carriers.says IN ('on_agenda', 'treated', 'done') THEN decision_carriers.says
        ELSE 'open'
    END AS state,
    CASE
        WHEN decision_commitments.decision_id IS NULL THEN
            CASE decisions.outcome
                WHEN 'approved' THEN 'Godkjent, uten at noen skal gjøre noe mer.'
                WHEN 'noted' THEN 'Tatt til orientering, uten at noen skal gjøre noe mer.'
                WHEN 'elected' THEN 'Valget er gjort, og noe mer er ikke bestemt.'
                WHEN 'rejected' THEN 'Avslått, uten at noen skal gjøre noe mer.'
                WHEN 'none' THEN 'Saken fikk ingen konklusjon, og ingen skal gjøre noe mer.'
                ELSE 'Vedtaket pålegger ikke noen å gjøre noe.'
            END
        WHEN decision_carriers.id IS NULL THEN decision_commitments.open_because
        ELSE
            CASE decision_carriers.says
                WHEN 'done' THEN 'Meldt utført i '
                WHEN 'treated' THEN 'Behandlet i '
                WHEN 'on_agenda' THEN 'Satt opp som '
                WHEN 'postponed' THEN 'Utsatt på nytt i '
                ELSE 'Tatt opp, men uten konklusjon, i '
            END
            || coalesce('sak ' || carrying.number, '«' || carrying.title || '»', 'en liste')
            || coalesce(
                ' i ' || carrying_body.name || ' ' || substr(carrying_meeting.date, 9, 2) || '.'
                || substr(carrying_meeting.date, 6, 2) || '.' || substr(carrying_meeting.date, 1, 4),
                ''
            )
            || ': «' || decision_carriers.text || '»'
    END AS state_reason,
    carrying.number AS carried_by,
    decision_carriers.case_id AS carried_by_case_id,
    decisions.document_id,
    decisions.page,
    coalesce(
        (
            SELECT evidence.text FROM evidence
            WHERE evidence.record_id = decisions.id AND evidence.record_table = 'decisions' AND evidence.field = 'text'
                AND evidence.page IS decisions.page
            ORDER BY length(evidence.id), evidence.id
            LIMIT 1
        ),
        decisions.text
    ) AS evidence
FROM decisions
JOIN case_items ON case_items.id = decisions.case_item_id
JOIN documents ON documents.id = decisions.document_id
LEFT JOIN meetings ON meetings.id = case_items.meeting_id
LEFT JOIN cases ON cases.id = case_items.case_id
LEFT JOIN bodies ON bodies.id = coalesce(cases.body_id, meetings.body_id, documents.body_id)
LEFT JOIN decision_commitments ON decision_commitments.decision_id = decisions.id
LEFT JOIN decision_carriers ON decision_carriers.id = decision_commitments.carrier_id
LEFT JOIN case_items AS carrying ON carrying.id = decision_carriers.case_item_id
LEFT JOIN meetings AS carrying_meeting ON carrying_meeting.id = decision_carriers.meeting_id
LEFT JOIN bodies AS carrying_body ON carrying_body.id = carrying_meeting.body_id
WHERE decisions.stage = 'adopted' AND decisions.same_as IS NULL;
