#include "gateways/secret_store.h"

#include <gtest/gtest.h>

#include "gateways/testing/gateway_stage.h"

namespace livery::gateways {
namespace {

namespace fs = std::filesystem;

class ASecret : public ::testing::Test {
 protected:
    void Write(const std::string& name, const std::string& text, unsigned mode = 0600) {
        fs::create_directories(folder.path / "harbor");
        std::ofstream(folder.path / "harbor" / name) << text;
        fs::permissions(folder.path / "harbor" / name, fs::perms(mode));
    }
    std::string Why(const std::string& name) {
        const auto read = store.Read(TenantId("harbor"), name);
        return read ? "" : read.error().message;
    }
    testing::TemporaryFolder folder;
    SecretStore store{folder.path};
};

TEST_F(ASecret, IsTheLineOfItsFile) {
    Write("key", "value\n");
    EXPECT_EQ(*store.Read(TenantId("harbor"), "key"), "value");
    EXPECT_EQ(store.Read(TenantId("lumen"), "key").error().code, ErrorCode::kNotFound);
    Write("key", "new");
    EXPECT_EQ(*store.Read(TenantId("harbor"), "key"), "new") << "read whenever it is used";
}

TEST_F(ASecret, IsNotReadWhereOthersMay) {
    for (const unsigned mode : {0640U, 0604U, 0660U, 0644U}) {
        Write("key", "value", mode);
        EXPECT_NE(Why("key").find("can be read by others; run chmod 600"), std::string::npos);
    }
}

TEST_F(ASecret, IsNothingElseThanAFileInItsFolder) {
    Write("key", "value");
    Write("empty", "\n");
    Write("two", "a\nb");
    fs::create_symlink(folder.path / "harbor" / "key", folder.path / "harbor" / "link");
    fs::create_directory(folder.path / "harbor" / "folder");
    for (const char* name :
         {"../harbor/key", ".", "..", "", "a/b", "link", "folder", "empty", "two", "nothing"})
        EXPECT_NE(Why(name), "") << name;
}

TEST_F(ASecret, IsTwoWhileItIsChanged) {
    Write("key", "new");
    EXPECT_EQ(store.Active(TenantId("harbor"), "key")->size(), 1U);
    Write("key.previous", "old");
    EXPECT_EQ(*store.Active(TenantId("harbor"), "key"), (std::vector<std::string>{"new", "old"}));
}

}  // namespace
}  // namespace livery::gateways
