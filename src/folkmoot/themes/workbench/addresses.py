"""The addresses of the workbench, below /admin/themes/."""

from __future__ import annotations

from django.urls import path

from folkmoot.themes.workbench import (
    answers,
    campaigns,
    coding,
    double,
    editor,
    front,
    population,
    work,
)

OF_A_QUESTION = "<int:survey_id>/<slug:key>/"

WORKBENCH = [
    path("", front.questions, name="questions"),
    path("frames/<int:frame_id>/confirm/", front.confirm, name="confirm"),
    path("campaigns/<int:campaign_id>/", campaigns.one, name="campaign"),
    path("campaigns/<int:campaign_id>/review/", campaigns.review, name="review_campaign"),
    path("campaigns/<int:campaign_id>/split/", campaigns.split, name="split_campaign"),
    path("themes/<int:theme_id>/", editor.theme, name="theme"),
    path("themes/<int:theme_id>/merge/", editor.merge, name="merge_theme"),
    path("themes/<int:theme_id>/split/", editor.split, name="split_theme"),
    path("versions/<int:version_id>/", editor.version, name="version"),
    path("versions/<int:version_id>/undo/", editor.undo, name="undo_version"),
    path("answers/<int:assignment_id>/resolve/", double.resolve, name="resolve"),
    path("works/<int:work_id>/", work.one, name="work"),
    path("works/<int:work_id>/cancel/", work.cancel, name="cancel_work"),
    path("works/<int:work_id>/again/", work.again, name="again"),
    path("population/", population.index, name="populations"),
    path("population/<int:survey_id>/", population.one, name="population"),
    path("population/<int:survey_id>/accept/", population.accept, name="accept_population"),
    path("population/<int:survey_id>/template.csv", population.template, name="population_file"),
    path("population/tables/<int:table_id>/undo/", population.undo, name="undo_population"),
    path(OF_A_QUESTION, front.question, name="question"),
    path(f"{OF_A_QUESTION}suggest/", work.suggest, name="suggest"),
    path(f"{OF_A_QUESTION}learn/", work.learn, name="learn"),
    path(f"{OF_A_QUESTION}place/", work.place, name="place"),
    path(f"{OF_A_QUESTION}answers/", answers.answers, name="answers"),
    path(f"{OF_A_QUESTION}answers.csv", answers.answers_csv, name="answers_csv"),
    path(f"{OF_A_QUESTION}campaigns/", campaigns.index, name="campaigns"),
    path(f"{OF_A_QUESTION}frame/", editor.frame, name="frame"),
    path(f"{OF_A_QUESTION}frame/accept/", editor.accept, name="accept"),
    path(f"{OF_A_QUESTION}frame/add/", editor.add, name="add_theme"),
    path(f"{OF_A_QUESTION}versions/", editor.versions, name="versions"),
    path(f"{OF_A_QUESTION}code/", coding.code, name="code"),
    path(f"{OF_A_QUESTION}code/undo/", coding.undo, name="undo_coding"),
    path(f"{OF_A_QUESTION}code/leave/", coding.leave, name="leave_answer"),
    path(f"{OF_A_QUESTION}agreement/", double.agreement, name="agreement"),
    path(f"{OF_A_QUESTION}agreement/draw/", double.draw, name="draw"),
]
