#include "storage/number_repository.h"

#include <livery/db/id_list.h>

namespace livery::invoices {

namespace {

constexpr db::Statement kNumbers{
    "invoices.numbers_of_page",
    "SELECT d.id, d.number FROM JSON_TABLE(?, '$[*]' COLUMNS (id CHAR(32) PATH '$')) w JOIN "
    "invoices_document d ON d.tenant_id = :tenant AND d.id = UNHEX(w.id) WHERE d.number IS NOT "
    "NULL"};

}  // namespace

std::map<InvoiceId, std::string> NumberRepository::Of(db::Database& database,
                                                      const TenantId& tenant,
                                                      const std::vector<InvoiceId>& documents) {
    std::map<InvoiceId, std::string> numbers;
    if (documents.empty()) return numbers;
    for (const db::Row row : database.Query(tenant, kNumbers, {db::IdList(documents)}))
        numbers.emplace(row.As<InvoiceId>(0), row.Text(1));
    return numbers;
}

}  // namespace livery::invoices
