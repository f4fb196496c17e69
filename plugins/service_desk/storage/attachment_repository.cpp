#include "storage/attachment_repository.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace livery::service_desk {

namespace {

using db::Row;
using db::Statement;

constexpr std::size_t kPerQuery = 500;

constexpr Statement kFindOwnedAttachment{
    "service_desk.find_owned_attachment",
    "SELECT a.id, a.name, a.mime_type, a.size, LOWER(HEX(a.sha256)) FROM service_desk_attachment a "
    "JOIN service_desk_message m ON m.tenant_id = a.tenant_id AND m.ticket_id = a.ticket_id AND "
    "m.id = a.message_id AND m.is_public JOIN service_desk_ticket t ON t.tenant_id = a.tenant_id "
    "AND t.id = a.ticket_id AND t.account_id = ? WHERE a.tenant_id = :tenant AND a.id = ? AND "
    "a.ticket_id = ?"};
constexpr Statement kFindAttachment{
    "service_desk.find_attachment",
    "SELECT id, name, mime_type, size, LOWER(HEX(sha256)) FROM service_desk_attachment WHERE "
    "tenant_id = :tenant AND id = ? AND ticket_id = ?"};
constexpr Statement kNamedContents{
    "service_desk.named_contents",
    "SELECT DISTINCT LOWER(HEX(a.sha256)) FROM service_desk_attachment a JOIN JSON_TABLE(?, "
    "'$[*]' COLUMNS (content CHAR(64) PATH '$')) w ON a.sha256 = UNHEX(w.content) WHERE "
    "a.tenant_id = :tenant"};

std::optional<Attachment> OneOf(const db::Rows& rows) {
    if (rows.empty()) return std::nullopt;
    const Row row = rows.Only();
    return Attachment{row.As<AttachmentId>(0), std::string(row.Text(1)), std::string(row.Text(2)),
                      row.Int64(3), std::string(row.Text(4))};
}

}  // namespace

std::optional<Attachment> AttachmentRepository::FindOwned(db::Database& database,
                                                          const TenantId& tenant, AccountId account,
                                                          TicketId ticket,
                                                          AttachmentId attachment) {
    return OneOf(database.Query(tenant, kFindOwnedAttachment, {account, attachment, ticket}));
}

std::optional<Attachment> AttachmentRepository::Find(db::Database& database, const TenantId& tenant,
                                                     TicketId ticket, AttachmentId attachment) {
    return OneOf(database.Query(tenant, kFindAttachment, {attachment, ticket}));
}

std::set<std::string> AttachmentRepository::Named(db::Database& database, const TenantId& tenant,
                                                  const std::vector<std::string>& contents) {
    std::set<std::string> named;
    for (std::size_t at = 0; at < contents.size(); at += kPerQuery) {
        const auto begin = contents.begin() + static_cast<std::ptrdiff_t>(at);
        const auto end =
            begin + static_cast<std::ptrdiff_t>(std::min(kPerQuery, contents.size() - at));
        // Letters and digits: nothing to be escaped.
        const std::string list = fmt::format("[\"{}\"]", fmt::join(begin, end, "\",\""));
        for (const Row row : database.Query(tenant, kNamedContents, {list}))
            named.insert(std::string(row.Text(0)));
    }
    return named;
}

}  // namespace livery::service_desk
