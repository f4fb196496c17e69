#include "gateways/key_value_repository.h"

namespace livery::gateways {

namespace {

constexpr db::Statement kGet{"gateway_kv.get",
                             "SELECT value FROM core_gateway_kv WHERE tenant_id = :tenant AND "
                             "instance = ? AND name = ?"};
constexpr db::Statement kPut{
    "gateway_kv.put",
    "INSERT INTO core_gateway_kv (tenant_id, instance, name, value, changed_at) VALUES (:tenant, "
    "?, ?, ?, UTC_TIMESTAMP(6)) ON DUPLICATE KEY UPDATE value = VALUES(value), changed_at = "
    "VALUES(changed_at)"};
constexpr db::Statement kDrop{"gateway_kv.drop",
                              "DELETE FROM core_gateway_kv WHERE tenant_id = :tenant AND "
                              "instance = ? AND name = ?"};

}  // namespace

std::string KeyValueRepository::Get(const TenantId& tenant, const std::string& instance,
                                    const std::string& key) {
    const db::Rows rows = database_.Query(tenant, kGet, {instance, key});
    return rows.empty() ? "" : std::string(rows[0].Text(0));
}

void KeyValueRepository::Put(const TenantId& tenant, const std::string& instance,
                             const std::string& key, const std::string& value) {
    database_.Transact(tenant, [&](db::Transaction& tx) {
        if (value.empty()) {
            tx.Execute(kDrop, {instance, key});
        } else {
            tx.Execute(kPut, {instance, key, value});
        }
    });
}

}  // namespace livery::gateways
