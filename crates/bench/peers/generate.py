"""Realistic customers as NDJSON, always the same ones.

usage: generate.py RECORDS FOLDER

plain.ndjson     compact UTF-8, as a client writes them, keys in the order a store writes
php.ndjson       the same, escaped as PHP escapes them and a store answers
shuffled.ndjson  the same as plain, the keys of every object in a random order
labels.ndjson    for each record null, or the defect planted in it (about 2 in 100, of 8 kinds)
"""
import json, random, sys, pathlib
N, D = int(sys.argv[1]), pathlib.Path(sys.argv[2])
R, S = random.Random(20240601), random.Random(7)
FIRST = "Anna Ben Carla David Emma Frank Grace Henry Isabel Jack Karen Liam Maria Noah Olivia Peter Quinn Rachel Samuel Tina Ulrich Vera William Xenia Yusuf Zoe Christopher Elizabeth Alexander Veronica".split()
FIRST_U = ["José","Zoë","Jürgen","Łukasz","Øyvind","Анна","Дмитрий","Ελένη","太郎","小明","민준","محمد","François","Ağustos","Nguyễn Thị","Siân","D'Arcy","Mary-Ann"]
LAST = "Smith Johnson Brown Taylor Miller Wilson Moore Anderson Jackson White Harris Martin Thompson Garcia Martinez Robinson Clark Lewis Walker Hall Young King Wright Lopez Hill Scott Green Adams Baker Montgomery".split()
LAST_U = ["Müller","García-Márquez","Škvorecký","Błaszczykowski","Sørensen","Иванова","Петров","Παπαδόπουλος","山田","王","김","عبد الله","Lefèvre","O'Brien","Çelik","Trần"]
CITIES = ["Austin","Portland","Springfield","Los Angeles","New York","Manchester","Leeds","Berlin","München","Paris","Lyon","Kraków","Москва","Αθήνα","東京","São Paulo","Zürich","Malmö","Kyiv","Chicago"]
STREETS = ["Main St","Oak Avenue","Maple Drive","Hauptstraße","Rue de l'Église","High Street","Elm Street","Park Road","ул. Ленина","銀座","Avenida Paulista","Sunset Blvd","Lake View Rd","Cedar Ln"]
REGIONS = [("TX","Texas",57),("CA","California",12),("NY","New York",43),("OR","Oregon",49),("IL","Illinois",23),("BAY","Bayern",81),("IDF","Île-de-France",257),("","",0)]
COUNTRY = ["US","US","US","US","GB","DE","FR","PL","RU","GR","JP","BR","CH","SE","UA"]
COMP = ["Acme Corp","Globex","Initech","Umbrella Ltd","Müller & Söhne GmbH","Stark Industries","Société Générale SA","Widgets \"R\" Us","株式会社サンプル"]
DOM = ["example.com","mail.example.org","example.co.uk","shop-customers.example.net","example.de"]
ATTR = ["loyalty_tier","erp_id","sales_rep","preferred_language","newsletter_segments","notes","tax_class_ref"]
TIERS = ["bronze","silver","gold","platinum"]
def dt(): return f"{R.randint(2015,2025):04d}-{R.randint(1,12):02d}-{R.randint(1,28):02d} {R.randint(0,23):02d}:{R.randint(0,59):02d}:{R.randint(0,59):02d}"
def first(): return R.choice(FIRST_U) if R.random() < .2 else R.choice(FIRST)
def last(): return R.choice(LAST_U) if R.random() < .2 else R.choice(LAST)
def attr_value(c):
    if c == "loyalty_tier": return R.choice(TIERS)
    if c == "erp_id": return f"ERP-{R.randint(0, 10**8):08d}"
    if c == "sales_rep": return str(R.randint(1, 400))
    if c == "preferred_language": return R.choice(["en_US","de_DE","fr_FR","ja_JP","pl_PL"])
    if c == "newsletter_segments": return [str(R.randint(1, 60)) for _ in range(R.randint(1, 4))]
    if c == "tax_class_ref": return R.randint(1, 9)
    return R.choice(["Prefers e-mail / no calls.", "VIP — handle with care ☎", "Says \"ring twice\"\nthen wait.", "Ωμέγα πελάτης; δες αρχείο 42", "standard"])
def address(aid, cid, fn, ln, ds, db):
    rc, rn, rid = R.choice(REGIONS)
    a = {"id": aid, "customer_id": cid, "region": {"region_code": rc, "region": rn, "region_id": rid}, "region_id": rid,
         "country_id": R.choice(COUNTRY), "street": [f"{R.randint(1,9999)} {R.choice(STREETS)}"]}
    if R.random() < .3: a["street"].append(R.choice(["Apt ","Suite ","Étage ","№ "]) + str(R.randint(1, 400)))
    if R.random() < .25: a["company"] = R.choice(COMP)
    a["telephone"] = R.choice(["+1 ","+49 ","+33 ","0"]) + f"{R.randint(10**8, 10**10-1)}"
    a["postcode"] = f"{R.randint(0, 99999):05d}"; a["city"] = R.choice(CITIES); a["firstname"] = fn; a["lastname"] = ln
    if R.random() < .1: a["vat_id"] = R.choice(["DE","FR","PL"]) + str(R.randint(10**8, 10**9-1))
    if ds: a["default_shipping"] = True
    if db: a["default_billing"] = True
    return a
def customer(i):
    cid = 1000 + i; fn, ln = first(), last(); na = R.choice([0,1,1,1,2,2,3]); aids = [cid * 4 + k for k in range(na)]
    c = {"id": cid, "group_id": R.choice([1,1,1,1,2,3,7])}
    if na: c["default_billing"] = str(aids[0]); c["default_shipping"] = str(aids[-1])
    c["created_at"] = dt(); c["updated_at"] = dt(); c["created_in"] = R.choice(["Default Store View","English","Deutsch","日本語ストア","Français"])
    if R.random() < .6: c["dob"] = f"{R.randint(1940,2005):04d}-{R.randint(1,12):02d}-{R.randint(1,28):02d}"
    c["email"] = f"{R.choice(FIRST).lower()}.{R.choice(LAST).lower()}{R.choice(['','+shop'])}{i}@{R.choice(DOM)}"
    c["firstname"] = fn; c["lastname"] = ln
    if R.random() < .2: c["middlename"] = first()
    if R.random() < .15: c["prefix"] = R.choice(["Mr","Ms","Dr","Frau","Mme"])
    if R.random() < .05: c["suffix"] = R.choice(["Jr","Sr","PhD"])
    if R.random() < .7: c["gender"] = R.choice([0,1,2,3])
    c["store_id"] = R.choice([1,1,1,2,3]); c["website_id"] = R.choice([1,1,1,2])
    c["addresses"] = [address(a, cid, fn, ln, k == na - 1, k == 0) for k, a in enumerate(aids)]
    c["disable_auto_group_change"] = R.choice([0,0,0,1]); c["extension_attributes"] = {"is_subscribed": R.random() < .4}
    c["custom_attributes"] = [{"attribute_code": k, "value": attr_value(k)} for k in R.sample(ATTR, R.choice([0,1,1,2,2,3,4]))]
    return c
KINDS = ["bad_email","missing_lastname","bad_dob","wrong_type","missing_country_id","street_string","gender_9","too_long_name"]
def spoil(c):
    k = R.choice(KINDS)
    if k in ("missing_country_id","street_string") and not c["addresses"]: k = "bad_email"
    if k == "bad_email": c["email"] = R.choice(["no-at-sign.example.com","two@@example.com","a b@example.com","x@localhost","jürgen@@x.de",""])
    elif k == "missing_lastname": del c["lastname"]
    elif k == "bad_dob": c["dob"] = R.choice(["13/05/1990","1990-13-45","1990-5-1","yesterday","1990-00-10"])
    elif k == "wrong_type":
        f, v = R.choice([("group_id","one"),("store_id",[1]),("firstname",42),("addresses",{}),("website_id",True),("email",None)]); c[f] = v
    elif k == "missing_country_id": del R.choice(c["addresses"])["country_id"]
    elif k == "street_string": a = R.choice(c["addresses"]); a["street"] = a["street"][0]
    elif k == "gender_9": c["gender"] = 9
    else: c[R.choice(["firstname","lastname"])] = R.choice(["x","é","王"]) * 256
    return k
def shuffled(v):
    """The same value with the keys of every object in a random order."""
    if isinstance(v, list): return [shuffled(x) for x in v]
    if not isinstance(v, dict): return v
    keys = list(v); S.shuffle(keys)
    return {k: shuffled(v[k]) for k in keys}
TR = str.maketrans({"&": "\\u0026", "'": "\\u0027", "<": "\\u003C", ">": "\\u003E", "/": "\\/"})
def php(c): return json.dumps(c, ensure_ascii=True, separators=(",", ":")).replace('\\"', "\\u0022").translate(TR)
def plain(c): return json.dumps(c, ensure_ascii=False, separators=(",", ":"))
D.mkdir(parents=True, exist_ok=True)
with open(D/"plain.ndjson", "w") as f, open(D/"php.ndjson", "w") as g, open(D/"shuffled.ndjson", "w") as h, open(D/"labels.ndjson", "w") as l:
    for i in range(N):
        c = customer(i); k = spoil(c) if R.random() < .02 else None
        f.write(plain(c) + "\n"); g.write(php(c) + "\n"); h.write(plain(shuffled(c)) + "\n"); l.write(json.dumps(k) + "\n")
