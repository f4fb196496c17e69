#include "gateways/key_value_repository.h"

#include <gtest/gtest.h>

#include "db/testing/private_server.h"

namespace livery::gateways {
namespace {

TEST(KeyValueRepository, KeepsWhatEachInstanceOfEachTenantRemembers) {
    db::testing::PrivateServer server({"db", "gateways"}, 2);
    KeyValueRepository store(server.database);
    const TenantId harbor("harbor");
    const TenantId lumen("lumen");
    EXPECT_EQ(store.Get(harbor, "cards", "a"), "");
    store.Put(harbor, "cards", "a", "one");
    store.Put(harbor, "debit", "a", "two");
    store.Put(lumen, "cards", "a", "three");
    store.Put(harbor, "cards", "A", "other case");
    EXPECT_EQ(store.Get(harbor, "cards", "a"), "one");
    store.Put(harbor, "cards", "a", std::string(KeyValueStore::kMostValue, 'x'));
    EXPECT_EQ(store.Get(harbor, "cards", "a").size(), KeyValueStore::kMostValue);
    store.Put(harbor, "cards", "a", "");
    EXPECT_EQ(store.Get(harbor, "cards", "a"), "");
    EXPECT_EQ(store.Get(harbor, "debit", "a"), "two");
    EXPECT_EQ(store.Get(lumen, "cards", "a"), "three");
}

}  // namespace
}  // namespace livery::gateways
