#include "http/front/nginx_config.h"

#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include <livery/check.h>

namespace livery::http {
namespace {

FrontConfig Example() {
    FrontConfig config;
    config.folder = "/var/lib/app/front";
    config.address = "0.0.0.0";
    config.port = 80;
    config.app_port = 9000;
    config.token = "secret";
    config.static_root = "/usr/share/app/static";
    config.worker_user = "www-data";
    config.headers_module = "/usr/lib/nginx/modules/headers_more.so";
    return config;
}

// Compares with a kept file; LIVERY_UPDATE_GOLDEN=1 writes it anew for a person to review.
void ExpectGolden(const std::string& text, const std::string& name) {
    const std::string path = std::string(LIVERY_SOURCE_DIR) + "/core/http/front/testdata/" + name;
    if (std::getenv("LIVERY_UPDATE_GOLDEN") != nullptr) std::ofstream(path) << text;
    std::ifstream file(path);
    std::ostringstream kept;
    kept << file.rdbuf();
    EXPECT_EQ(text, kept.str()) << path;
}

TEST(NginxConfig, IsTheReviewedTextForPlainHttp) {
    ExpectGolden(NginxConfig(Example()), "plain.conf");
}

TEST(NginxConfig, IsTheReviewedTextForTls) {
    FrontConfig config = Example();
    config.tls = Tls{"[::]", 8443, "/etc/app/cert.pem", "/etc/app/key.pem"};
    config.worker_user = "";
    config.headers_module = "";
    config.gzip_pages = true;
    config.uploads = {{"/files/:id/add", "/new"}, 64U * 1024 * 1024};
    ExpectGolden(NginxConfig(config), "tls.conf");
}

TEST(NginxConfig, RefusesTextThatWouldLeaveItsPlace) {
    for (const char* text : {"a\"; evil on; #", "a\nb", "$remote_addr", "a\\"}) {
        FrontConfig config = Example();
        config.token = text;
        EXPECT_THROW(NginxConfig(config), BrokenInvariant) << text;
        config = Example();
        config.static_root = text;
        EXPECT_THROW(NginxConfig(config), BrokenInvariant) << text;
    }
    FrontConfig config = Example();
    config.uploads = {{"/files/.*"}, 1};
    EXPECT_THROW(NginxConfig(config), BrokenInvariant);
    config = Example();
    config.address = "1.2.3.4;";
    EXPECT_THROW(NginxConfig(config), BrokenInvariant);
}

}  // namespace
}  // namespace livery::http
