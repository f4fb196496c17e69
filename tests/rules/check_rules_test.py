#!/usr/bin/env python3
"""Each rule must be able to fail."""
import unittest

from check_rules import check_address, check_text
from check_templates import check_template


class Rules(unittest.TestCase):
    def breaks(self, name, line, words):
        problems = check_text(name, line + "\n")
        self.assertTrue(any(words in p for p in problems), f"{name}: {line}: {problems}")

    def test_doors(self):
        self.breaks("core/dispatch/x.cpp", "#include <pistache/http.h>", "behind core/http/server/")
        self.breaks("plugins/a/web/x.cpp", "#include <kainjow/mustache.hpp>", "behind core/view/")
        self.breaks("core/pdf/worker_renderer.cpp", "#include <pango/pango.h>", "behind core/pdf/render/")
        self.breaks("core/gateways/x.cpp", "#include <curl/curl.h>", "behind core/mail/ or core/http/client/")
        self.breaks("core/gateways/sandbox.cpp", "#include <seccomp.h>", "behind core/gateways/helper/")
        self.breaks("core/api/x.cpp", "#include <valijson/validator.hpp>", "behind core/schema/")

    def test_direction(self):
        self.breaks("plugins/a/web/x.cpp", '#include "db/pool.h"', "the SDK and itself only")
        self.breaks("plugins/a/domain/x.cpp", '#include "storage/x.h"', "domain only")
        self.breaks("plugins/a/domain/x.cpp", "#include <livery/db/database.h>", "values only")
        self.breaks("plugins/a/storage/x.cpp", '#include "app/x.h"', "storage knows domain")
        self.breaks("sdk/src/x.cpp", '#include "http/x.h"', "nothing of ours")
        self.breaks("plugins/gateways/a/x.cpp", "#include <livery/db/database.h>", "livery/gateway/ only")

    def test_texts(self):
        self.breaks("plugins/a/web/x.cpp", 'const char* k = "SELECT id FROM x";', "repository")
        self.breaks("plugins/a/domain/x.cpp", "double price;", "floating point")
        self.breaks("core/mail/x.cpp", "auto n = std::chrono::system_clock::now();", "injected")
        self.breaks("core/mail/x.cpp", "// sends the invoice", "business word")
        self.breaks("core/mail/mail_utils.cpp", "", "drawer")

    def test_templates(self):
        def said(text):
            return check_template("x.mustache", text, {"name", "rows", "on"}, {"x.title"})
        self.assertEqual(said("{{t.x.title}}{{#rows}}{{name}}{{/rows}}{{^on}}-{{/on}}{{> part}}{{! why }}{{{content}}}"), [])
        self.assertEqual(said("\n{{nmae}}"), ["x.mustache:2: no code sets `nmae`"])
        self.assertEqual(said("{{#of}}{{/of}}"), ["x.mustache:1: no code sets `of`"] * 2)
        self.assertEqual(said("{{t.x.titel}}"), ["x.mustache:1: no language has the text `x.titel`"])

    def test_spanish_says_usted(self):
        for line in ['  when: "Elige cuándo"', '  mine: "Su nombre o tu nombre"', '  done: "Aún no has pedido nada."']:
            self.assertEqual(len(check_address("es.yaml", line)), 1, line)
        self.assertEqual(check_address("es.yaml", '  when: "Elija cuándo"\n  none: "Tengo título y ha pedido algo"'), [])

    def test_what_is_allowed(self):
        self.assertEqual(check_text("plugins/a/storage/x_repository.cpp", 'constexpr S k{"n", "SELECT id FROM x"};'), [])
        self.assertEqual(check_text("core/http/server/x.cpp", "#include <pistache/http.h>"), [])
        self.assertEqual(check_text("core/http/client/x.cpp", "#include <curl/curl.h>"), [])
        self.assertEqual(check_text("plugins/gateways/a/x.cpp", "#include <livery/gateway/gateway.hpp>"), [])
        self.assertEqual(check_text("core/gateways/helper_process.cpp", ""), [])


if __name__ == "__main__":
    unittest.main()
