#include "web/desk_pages.h"

#include <livery/db/attempt.h>
#include <livery/http/page_routes.h>

#include "storage/agent_repository.h"
#include "storage/dispute_repository.h"
#include "web/desk_list.h"
#include "web/reply_form.h"
#include "web/ticket_words.h"

namespace livery::service_desk {

namespace {

std::optional<std::string> Asked(const RequestContext& r, std::string_view field) {
    const auto value = r.request().form.Find(field);
    return value ? std::optional(std::string(*value)) : std::nullopt;
}

bool IsAbout(const Error& error, std::string_view field) {
    return !error.fields.empty() && error.fields.front().field == field;
}

}  // namespace

Result<Reply> DeskPages::List(const RequestContext& r) const {
    return livery::Answer(DeskList(r, parts_.database, parts_.names));
}

Result<Ticket> DeskPages::Named(const RequestContext& r) const {
    const TicketId id = LIVERY_TRY(r.PathId<TicketId>("id"));
    auto ticket = TicketRepository::Read(parts_.database, r.tenant().id, id);
    if (!ticket) return NotFound("no such ticket");
    return *std::move(ticket);
}

Result<Reply> DeskPages::Show(const RequestContext& r) const {
    const Ticket ticket = LIVERY_TRY(Named(r));
    if (ticket.merged_into) return Redirect{ConsolePathOf(*ticket.merged_into), ""};
    View view = DeskTicketView(r, parts_, ticket, {});
    parts_.database.Transact(r.tenant().id, [&](db::Transaction& tx) {
        AgentRepository::Look(tx, ticket.id.uuid(), r.visitor().user, r.visitor().display_name,
                              r.now());
    });
    return view;
}

Result<Reply> DeskPages::Again(const RequestContext& r, const Error& error) const {
    const Formatter& t = r.format();
    DeskDraft draft{std::string(r.Form("body")), &error, "", ""};
    for (const FieldError& field : error.fields) {
        if (field.field == "seen") draft.others_words = t.Text(field.message);
        if (field.field == "into") draft.merge_error = t.Text(field.message);
    }
    return DeskTicketView(r, parts_, LIVERY_TRY(Named(r)), draft);
}

template <class Action>
Result<Reply> DeskPages::Act(const RequestContext& r, const char* notice,
                             const Action& action) const {
    const TicketId id = LIVERY_TRY(r.PathId<TicketId>("id"));
    const auto done = db::Attempt<Ticket>(parts_.database, r.tenant().id,
                                          [&](db::Transaction& tx) { return action(tx, id); });
    if (done) return Redirect{ConsolePathOf(done->id), notice};
    if (done.error().code == ErrorCode::kConflict)
        return Redirect{ConsolePathOf(id), done.error().message == "error.dispute_undecided"
                                               ? "notice.dispute_undecided"
                                               : "notice.ticket_moved"};
    if (done.error().code != ErrorCode::kInvalidArgument) return done.error();
    // Somebody who could when the page was made.
    if (IsAbout(done.error(), "assignee"))
        return Redirect{ConsolePathOf(id), "notice.cannot_be_given"};
    return Again(r, done.error());
}

Result<Reply> DeskPages::Insert(const RequestContext& r) const {
    const Ticket ticket = LIVERY_TRY(Named(r));
    const std::string words =
        LIVERY_TRY(work_.Words(r.tenant(), ticket, std::string(r.Form("canned")),
                               CustomerOf(r, parts_.names, ticket.account), WriterOf(r)));
    std::string body(r.Form("body"));
    if (!body.empty()) body += "\n\n";
    return DeskTicketView(r, parts_, ticket, {body + words, nullptr, "", ""});
}

Result<Reply> DeskPages::Answer(const RequestContext& r) const {
    if (!r.Form("insert").empty()) return Insert(r);
    const bool note = !r.Form("note").empty();
    LIVERY_TRY(Named(r));
    if (const auto words = Tickets::CheckBody(std::string(r.Form("body"))); !words)
        return Again(r, words.error());
    const auto files = parts_.attachments.Keep(r.tenant(), UploadsOf(r));
    if (!files) return Again(r, files.error());
    return Act(r, note ? "notice.noted" : "notice.answered", [&](db::Transaction& tx, TicketId id) {
        Tickets::Reply reply{id, std::string(r.Form("body")), TicketStateFrom(r.Form("state")),
                             note, *files};
        reply.seen = MessageId::Parse(r.Form("seen"));
        return parts_.tickets.Answer(tx, r.tenant(), reply, WriterOf(r), r.now());
    });
}

Result<Reply> DeskPages::Apply(const RequestContext& r) const {
    return Act(r, "notice.macro_done", [&](db::Transaction& tx, TicketId id) {
        return work_.Apply(tx, r.tenant(), id, std::string(r.Form("macro")), WriterOf(r), r.now());
    });
}

Result<Reply> DeskPages::Change(const RequestContext& r) const {
    DeskWork::Change change{Asked(r, "queue"), Asked(r, "category"), std::nullopt};
    if (const auto priority = Asked(r, "priority"))
        change.priority = PriorityFrom(*priority).value_or(kNoPriority);
    const auto changed =
        Act(r, "notice.changed", [&](db::Transaction& tx, TicketId id) -> Result<Ticket> {
            auto set = work_.Set(tx, r.tenant(), id, change, WriterOf(r));
            // Only a form of somebody else's making offers what there is not.
            if (!set && set.error().code == ErrorCode::kInvalidArgument)
                return NotFound("no such queue, category or priority");
            return set;
        });
    return changed;
}

Result<Reply> DeskPages::Escalate(const RequestContext& r) const {
    return Act(r, "notice.escalated", [&](db::Transaction& tx, TicketId id) {
        return work_.Escalate(tx, r.tenant(), id, WriterOf(r), r.now());
    });
}

Result<Reply> DeskPages::Merge(const RequestContext& r) const {
    LIVERY_TRY(Named(r));
    TicketWish wish;
    wish.number = r.Form("into");
    const auto found = wish.number.empty()
                           ? std::vector<Ticket>{}
                           : DeskListRepository::List(parts_.database, r.tenant().id, wish);
    if (found.empty()) return Again(r, InvalidField("into", "error.merge_nowhere"));
    return Act(r, "notice.merged", [&](db::Transaction& tx, TicketId id) {
        return work_.Merge(tx, r.tenant(), id, found.front().id, WriterOf(r), r.now());
    });
}

Result<Reply> DeskPages::Assign(const RequestContext& r) const {
    std::optional<UserId> assignee;
    if (!r.Form("agent").empty()) {
        assignee = UserId::Parse(r.Form("agent"));
        if (!assignee) return NotFound("malformed id of an agent");
    }
    return Act(r, "notice.assigned", [&](db::Transaction& tx, TicketId id) {
        return parts_.tickets.Assign(tx, r.tenant(), id, assignee, WriterOf(r));
    });
}

Result<Reply> DeskPages::Decide(const RequestContext& r) const {
    // Staff of two kinds of rights: a route asks for one of them.
    if (!MayDecide(r)) return Error{ErrorCode::kForbidden, "decides no objections", {}};
    const TicketId id = LIVERY_TRY(r.PathId<TicketId>("id"));
    const std::string_view said = r.Form("decision");
    if (said != "right" && said != "wrong") return NotFound("no such decision");
    const bool is_right = said == "right";
    const auto done = db::Attempt<Ticket>(parts_.database, r.tenant().id, [&](db::Transaction& tx) {
        return parts_.disputes.Decide(tx, r.tenant(), {id, is_right, std::string(r.Form("answer"))},
                                      WriterOf(r), r.now());
    });
    if (done)
        return Redirect{ConsolePathOf(id),
                        is_right ? "notice.dispute_right" : "notice.dispute_wrong"};
    const Error& error = done.error();
    if (IsAbout(error, "answer")) return Again(r, error);
    const Ticket ticket = LIVERY_TRY(Named(r));
    const auto dispute = DisputeRepository::Of(parts_.database, r.tenant().id, ticket.id);
    const bool is_open = dispute && dispute->IsUndecided();
    // Still open, and yet not decided: the books cannot follow.
    return Redirect{ConsolePathOf(id),
                    is_open && is_right ? "notice.no_credit_note" : "notice.ticket_moved"};
}

void DeskPages::AddTo(Registrar& registrar) {
    using P = DeskPages;
    registrar.Add(Permission{"tickets.read", "permission.tickets_read", {"agent", "billing"}});
    registrar.Add(Permission{"tickets.answer", "permission.tickets_answer", {"agent", "billing"}});
    registrar.Add(Permission{"tickets.assign", "permission.tickets_assign", {"agent"}});
    registrar.Add(NavItem{"nav.desk", kDeskPath, "life-buoy", 20, "", "tickets.read"});
    registrar.Add(WorkList{"desk.waiting", kDeskPath, "life-buoy", "tickets.read",
                           [this](const Tenant& tenant) {
                               return DeskListRepository::CountWaiting(parts_.database, tenant.id);
                           }});
    PageRoutes<P> reading(registrar, *this, "tickets.read");
    reading.Get(Access::kSignedIn, "/console/tickets", &P::List, "Tickets of the tenant");
    reading.Get(Access::kSignedIn, "/console/tickets/:id", &P::Show, "One ticket");
    PageRoutes<P> answering(registrar, *this, "tickets.answer");
    const auto post = [](PageRoutes<P>& routes, const char* path, PageRoutes<P>::Handler handler,
                         const char* summary) {
        routes.Post(Access::kSignedIn, path, handler, summary, RateClass::kForm);
    };
    answering.PostFiles(Access::kSignedIn, "/console/tickets/:id/reply", &P::Answer,
                        "Answer or note", RateClass::kForm);
    post(answering, "/console/tickets/:id/macro", &P::Apply, "Apply a macro");
    post(answering, "/console/tickets/:id/change", &P::Change, "Change queue or priority");
    post(answering, "/console/tickets/:id/escalate", &P::Escalate, "Escalate");
    post(answering, "/console/tickets/:id/decide", &P::Decide, "Decide what is disputed");
    post(answering, "/console/tickets/:id/merge", &P::Merge, "Merge into another ticket");
    PageRoutes<P> assigning(registrar, *this, "tickets.assign");
    post(assigning, "/console/tickets/:id/assign", &P::Assign, "Assign");
}

}  // namespace livery::service_desk
