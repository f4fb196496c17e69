#include "app/desk_jobs.h"

#include <livery/db/attempt.h>

#include "storage/agent_repository.h"
#include "storage/desk_list_repository.h"

namespace livery::service_desk {

namespace {

// Of one run: what is left is done by the next, a few seconds later.
constexpr std::size_t kMost = 200;

}  // namespace

std::vector<Candidate> DeskJobs::Team(const Tenant& tenant) const {
    std::vector<Candidate> team;
    for (const auto& [member, profile, load] : parts_.agents.List(tenant))
        if (!profile.is_away)
            team.push_back(
                {member.id, profile.skills, profile.languages, load, profile.last_given});
    return team;
}

void DeskJobs::Assign(const Tenant& tenant, Instant now) const {
    const Desk& desk = Tickets::DeskOf(tenant);
    if (!desk.assigns_by_load) return;
    TicketWish wish{.state = TicketState::kNew, .unassigned = true, .most = kMost};
    const auto waiting = DeskListRepository::List(parts_.database, tenant.id, wish);
    if (waiting.empty()) return;
    std::vector<Candidate> team = Team(tenant);
    for (const Ticket& ticket : waiting) {
        const auto category = desk.categories.find(ticket.category);
        const Demand demand{category == desk.categories.end() ? std::vector<std::string>{}
                                                              : category->second.skills,
                            ticket.language};
        const auto chosen = Choose(demand, team);
        if (!chosen) continue;
        const auto given = db::Attempt<Ticket>(
            parts_.database, tenant.id, [&](db::Transaction& tx) -> Result<Ticket> {
                // Somebody may have taken it meanwhile.
                const auto now_ = TicketRepository::Find(tx, ticket.id);
                if (!now_ || now_->assignee || now_->state != TicketState::kNew)
                    return Conflict("taken already");
                AgentRepository::Given(tx, *chosen, now);
                return parts_.tickets.Assign(tx, tenant, ticket.id, chosen, {});
            });
        if (!given) continue;
        for (Candidate& one : team) {
            if (one.user != *chosen) continue;
            ++one.load;
            one.last_given = now;
        }
    }
}

void DeskJobs::Escalate(const Tenant& tenant, Instant now) const {
    const auto& rule = Tickets::DeskOf(tenant).escalation;
    if (!rule) return;
    for (const TicketId id :
         DeskListRepository::DueBy(parts_.database, tenant.id, now + rule->before, kMost)) {
        // A ticket that was answered meanwhile is left alone.
        (void)db::Attempt<Ticket>(parts_.database, tenant.id, [&](db::Transaction& tx) {
            return parts_.work.EscalateDue(tx, tenant, id, now + rule->before, now);
        });
    }
}

void DeskJobs::Close(const Tenant& tenant, Instant now) const {
    const auto days = std::chrono::days(Tickets::DeskOf(tenant).close_after_days);
    for (const TicketId id :
         DeskListRepository::SolvedBy(parts_.database, tenant.id, now - days, kMost)) {
        (void)db::Attempt<Ticket>(parts_.database, tenant.id, [&](db::Transaction& tx) {
            return parts_.work.Close(tx, tenant, id, now);
        });
    }
}

void DeskJobs::AddTo(Registrar& registrar) const {
    registrar.Add(
        RecurringJob{"desk", std::chrono::seconds(5), [this](const Tenant& tenant, Instant now) {
                         Assign(tenant, now);
                         Escalate(tenant, now);
                         Close(tenant, now);
                     }});
}

}  // namespace livery::service_desk
