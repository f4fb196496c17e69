#include "storage/survey_repository.h"

namespace livery::service_desk {

namespace {

using db::Row;
using db::Statement;

constexpr Statement kSave{
    "service_desk.save_rating",
    "INSERT INTO service_desk_survey (tenant_id, ticket_id, rating, comment, at) VALUES (:tenant, "
    "?, ?, ?, ?) ON DUPLICATE KEY UPDATE rating = VALUE(rating), comment = VALUE(comment), at = "
    "VALUE(at)"};
constexpr Statement kFind{
    "service_desk.find_rating",
    "SELECT rating, comment, at FROM service_desk_survey WHERE tenant_id = :tenant AND ticket_id = "
    "?"};
constexpr Statement kOfAgents{
    "service_desk.ratings_of_agents",
    "SELECT t.assignee, COUNT(*), CAST(SUM(s.rating) AS SIGNED) FROM service_desk_survey s JOIN "
    "service_desk_ticket t ON t.tenant_id = s.tenant_id AND t.id = s.ticket_id WHERE s.tenant_id = "
    ":tenant AND t.assignee IS NOT NULL GROUP BY t.assignee"};

}  // namespace

void SurveyRepository::Save(db::Transaction& tx, TicketId ticket, const Rating& rating) {
    tx.Execute(kSave, {ticket, rating.rating, rating.comment, rating.at});
}

std::optional<Rating> SurveyRepository::Find(db::Database& database, const TenantId& tenant,
                                             TicketId ticket) {
    const auto rows = database.Query(tenant, kFind, {ticket});
    if (rows.empty()) return std::nullopt;
    const Row row = rows.Only();
    return Rating{row.Int(0), std::string(row.Text(1)), row.Time(2)};
}

std::map<UserId, Satisfaction> SurveyRepository::OfAgents(db::Database& database,
                                                          const TenantId& tenant) {
    std::map<UserId, Satisfaction> all;
    for (const Row row : database.Query(tenant, kOfAgents, {}))
        all[row.As<UserId>(0)] = {static_cast<int>(row.Int64(1)), static_cast<int>(row.Int64(2))};
    return all;
}

}  // namespace livery::service_desk
